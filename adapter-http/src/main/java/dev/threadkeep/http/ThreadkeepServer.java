package dev.threadkeep.http;

import dev.threadkeep.application.ChatServices;
import dev.threadkeep.domain.BlobKey;
import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the use cases over HTTP. It closes nothing that it is given.
 *
 * <p>Each request has one line in the log {@code dev.threadkeep.http}, under its id ({@code
 * requestId} in the MDC).
 */
public final class ThreadkeepServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.http");

  /** What HS256 asks for. Chainlit takes less, and so do we. */
  private static final int SECRET_BYTES = 32;

  /** Checks addresses of files that this server serves itself. */
  @FunctionalInterface
  public interface FileAddresses {
    /** Whether the address of a file was made here, and holds still. Anything may be asked. */
    boolean verify(BlobKey key, String expires, String signature);
  }

  private final HttpConfig config;
  private final List<Route> routes;
  private final Javalin javalin;

  /**
   * @param files checks the addresses under {@code /files} that the store for files makes; without
   *     it files are served by their store, to which this server sends callers
   * @param readiness asks the store whether it answers; {@code /health/ready} says what came of it
   * @param requestIds ids for requests that bring none
   */
  public ThreadkeepServer(
      HttpConfig config,
      ChatServices services,
      Optional<FileAddresses> files,
      Supplier<? extends CompletionStage<?>> readiness,
      Clock clock,
      Supplier<String> requestIds) {
    this.config = config;
    SignInTokens tokens = new SignInTokens(config.authSecret(), clock);
    AuthCookies cookies = new AuthCookies(config);
    Dispatcher dispatcher = new Dispatcher(config, new Authentication(config, cookies, tokens));
    AuthRoutes auth = new AuthRoutes(services.users(), tokens, cookies, clock);
    routes =
        Stream.of(
                new HealthRoutes(readiness).routes(),
                auth.routes(),
                routes(services, files, config, clock))
            .flatMap(List::stream)
            .toList();
    javalin = new Assembly(config, dispatcher, new RequestIds(requestIds)).javalin(routes);
  }

  /**
   * Begins to listen.
   *
   * @throws IllegalStateException when the address cannot be listened on
   */
  public ThreadkeepServer start() {
    if (config.authSecret().getBytes(StandardCharsets.UTF_8).length < SECRET_BYTES) {
      log.warn(
          "CHAINLIT_AUTH_SECRET has fewer than {} bytes: WHOEVER GUESSES IT CAN BE ANYBODY;"
              + " `openssl rand -hex 32` makes a better one",
          SECRET_BYTES);
    }
    try {
      javalin.start();
    } catch (JavalinException cannotListen) {
      throw new IllegalStateException(
          "cannot listen on " + authority(config.host(), config.port()), cannotListen);
    }
    log.info("listening on {}", address());
    return this;
  }

  /** The port that is listened on. */
  public int port() {
    return javalin.port();
  }

  /** The address that is listened on, such as {@code http://127.0.0.1:8080}. */
  public String address() {
    return "http://" + authority(config.host(), port());
  }

  /**
   * Takes no more requests, waits for those under way ({@link HttpConfig#stopTimeout} at most), and
   * ends.
   */
  @Override
  public void close() {
    try {
      javalin.stop();
      log.info("stopped");
    } catch (JavalinException unfinished) {
      log.warn("stopped with requests under way", unfinished);
    }
  }

  List<Route> routes() {
    return routes;
  }

  /** In an address a host of IPv6 has brackets, else its end would be taken for the port. */
  static String authority(String host, int port) {
    return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
  }

  private static List<Route> routes(
      ChatServices services, Optional<FileAddresses> files, HttpConfig config, Clock clock) {
    return Stream.of(
            new StaticRoutes().routes(),
            new FrontEndThreads(services.threads()).routes(),
            new FrontEndElements(services.elements()).routes(),
            new FrontEndFeedback(services.feedback()).routes(),
            new UserRoutes(services.users(), services.threads(), clock).routes(),
            new ThreadRoutes(services.threads()).routes(),
            new StepRoutes(services.steps()).routes(),
            new FeedbackRoutes(services.feedback()).routes(),
            new ElementRoutes(services.elements()).routes(),
            new FileRoutes(services.elements(), services.files(), files).routes(),
            new FrontEndSharing(services.sharing(), services.files(), config.publicUrl()).routes())
        .flatMap(List::stream)
        .toList();
  }
}
