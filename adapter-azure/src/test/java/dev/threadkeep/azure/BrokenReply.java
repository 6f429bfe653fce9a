package dev.threadkeep.azure;

import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.FluxUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A reply whose connection breaks after the first bytes of its body. */
final class BrokenReply extends HttpResponse {
  private final HttpResponse whole;

  BrokenReply(HttpResponse whole) {
    super(whole.getRequest());
    this.whole = whole;
  }

  @Override
  public Flux<ByteBuffer> getBody() {
    return whole.getBody().take(1).concatWith(Flux.error(new IOException("broken by a test")));
  }

  @Override
  public Mono<byte[]> getBodyAsByteArray() {
    return FluxUtil.collectBytesInByteBufferStream(getBody());
  }

  @Override
  public Mono<String> getBodyAsString() {
    return getBodyAsString(StandardCharsets.UTF_8);
  }

  @Override
  public Mono<String> getBodyAsString(Charset charset) {
    return getBodyAsByteArray().map(bytes -> new String(bytes, charset));
  }

  @Override
  public int getStatusCode() {
    return whole.getStatusCode();
  }

  @Override
  @Deprecated
  public String getHeaderValue(String name) {
    return whole.getHeaderValue(name);
  }

  @Override
  public HttpHeaders getHeaders() {
    return whole.getHeaders();
  }
}
