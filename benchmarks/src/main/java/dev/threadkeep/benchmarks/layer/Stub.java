package dev.threadkeep.benchmarks.layer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An engine that answers at once, with what DynamoDB Local answered before. It runs in a process of
 * its own, so that what it uses is not the clients'; see {@link StubProcess}.
 *
 * <p>The path of a request, without its slash, tells whose recording is to be played.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends in exceptionCaught
final class Stub extends SimpleChannelInboundHandler<FullHttpRequest> {
  static final String CONTENT_TYPE = "application/x-amz-json-1.0";

  /** The most that DynamoDB takes in a request. */
  private static final int REQUEST_BYTES = 16 << 20;

  private final Map<String, Answers> recordings;

  private Stub(Map<String, Answers> recordings) {
    this.recordings = recordings;
  }

  /** Plays the recordings of a file, and prints the port that it listens on. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, List<Exchange>> recorded =
        new ObjectMapper().readValue(new File(arguments[0]), new TypeReference<>() {});
    Map<String, Answers> recordings = new HashMap<>();
    recorded.forEach((name, exchanges) -> recordings.put("/" + name, new Answers(exchanges)));
    Channel server = listen(recordings);
    System.out.println(((InetSocketAddress) server.localAddress()).getPort());
    server.closeFuture().sync();
  }

  private static Channel listen(Map<String, Answers> recordings) throws InterruptedException {
    return new ServerBootstrap()
        .group(new NioEventLoopGroup(1))
        .channel(NioServerSocketChannel.class)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(new HttpServerCodec(), new HttpObjectAggregator(REQUEST_BYTES))
                    .addLast(new Stub(recordings));
              }
            })
        .bind(InetAddress.getLoopbackAddress(), 0)
        .sync()
        .channel();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    Answer answer = recording(request).to(request.headers().get("X-Amz-Target"), request.content());
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            answer.body().duplicate());
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, CONTENT_TYPE)
        .set(HttpHeaderNames.CONTENT_LENGTH, answer.body().readableBytes())
        .set("x-amz-crc32", answer.crc32())
        .set("x-amzn-RequestId", "stub");
    context.writeAndFlush(response, context.voidPromise());
  }

  private Answers recording(FullHttpRequest request) {
    String path = request.uri();
    Answers answers =
        recordings.get(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    if (answers == null) {
      throw new IllegalArgumentException("no recording " + path);
    }
    return answers;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    cause.printStackTrace();
    context.close(context.voidPromise());
  }
}
