package dev.threadkeep.http;

import static org.eclipse.jetty.http.UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT;
import static org.eclipse.jetty.http.UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING;
import static org.eclipse.jetty.http.UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT;
import static org.eclipse.jetty.http.UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR;
import static org.eclipse.jetty.http.UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.json.JsonMapper;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Puts Javalin and Jetty together. */
final class Assembly {
  private static final int HEADER_BYTES = 32 * 1024;

  /** A token of the largest request may come back as cookies, beside the other headers. */
  private static final int RESPONSE_HEADER_BYTES = 2 * HEADER_BYTES;

  /** No thread ever waits, so these are many. */
  private static final int THREADS = 64;

  private static final int THREADS_AT_REST = 8;
  private static final int IDLE_MILLIS = 60_000;

  /**
   * Longer than any request, so that a request ends in an answer and not in a closed connection.
   */
  private static final long IDLE_BEYOND_REQUEST_MILLIS = 5_000;

  /** An id is one segment, whatever it holds; routes are matched before it is decoded. */
  private static final UriCompliance ANY_ID =
      UriCompliance.from(
          EnumSet.of(
              AMBIGUOUS_PATH_SEGMENT,
              AMBIGUOUS_PATH_SEPARATOR,
              AMBIGUOUS_PATH_ENCODING,
              AMBIGUOUS_EMPTY_SEGMENT,
              SUSPICIOUS_PATH_CHARACTERS));

  private final HttpConfig config;
  private final Dispatcher dispatcher;
  private final RequestIds requestIds;

  Assembly(HttpConfig config, Dispatcher dispatcher, RequestIds requestIds) {
    this.config = config;
    this.dispatcher = dispatcher;
    this.requestIds = requestIds;
  }

  Javalin javalin(List<Route> routes) {
    return Javalin.create(
        javalin -> {
          javalin.startup.showJavalinBanner = false;
          javalin.startup.showOldJavalinVersionWarning = false;
          javalin.startup.startupWatcherEnabled = false;
          javalin.router.ignoreTrailingSlashes = false;
          javalin.http.prefer405over404 = true;
          javalin.http.compressionStrategy = CompressionStrategy.NONE;
          javalin.jsonMapper(new JsonMapper() {}); // bodies are written elsewhere
          configureJetty(javalin);
          routes.forEach(route -> register(javalin, route));
          registerErrors(javalin);
        });
  }

  private void register(JavalinConfig javalin, Route route) {
    javalin.routes.addHttpHandler(
        route.method(), route.path(), context -> dispatcher.dispatch(context, route));
    if (route.method().equals(HandlerType.GET)) {
      javalin.routes.head(route.path(), context -> dispatcher.dispatch(context, route));
    }
  }

  private void registerErrors(JavalinConfig javalin) {
    javalin.routes.before(Assembly::refuseMethodOverride);
    javalin.routes.exception(
        HttpResponseException.class,
        (error, context) -> dispatcher.refuse(context, new RefusedException(problem(error))));
    javalin.routes.exception(
        Exception.class, (error, context) -> dispatcher.refuse(context, error));
  }

  /** Javalin would take this header for the method, and what looks like a read could be a write. */
  private static void refuseMethodOverride(Context context) {
    if (context.header("X-HTTP-Method-Override") != null) {
      throw new RefusedException(Code.MALFORMED, "X-HTTP-Method-Override is not supported");
    }
  }

  private static Problem problem(HttpResponseException error) {
    if (error instanceof MethodNotAllowedResponse) {
      String allowed = String.join(", ", error.getDetails().values());
      return Problem.of(Code.METHOD_NOT_ALLOWED, "allowed here: " + allowed).with("Allow", allowed);
    }
    return error.getStatus() == Code.NOT_FOUND.status()
        ? Problem.of(Code.NOT_FOUND, "there is nothing at this address")
        : Problem.of(error);
  }

  private void configureJetty(JavalinConfig javalin) {
    // Jetty's own kind of queue has it load all of JMX, which is a twentieth of the start.
    QueuedThreadPool threads =
        new QueuedThreadPool(THREADS, THREADS_AT_REST, IDLE_MILLIS, new LinkedBlockingQueue<>());
    threads.setName("threadkeep-http");
    JettyErrors errors = new JettyErrors(requestIds);
    javalin.jetty.threadPool = threads;
    javalin.jetty.modifyServer(server -> configureServer(server, errors));
    javalin.jetty.modifyServletContextHandler(context -> context.setErrorHandler(errors));
    javalin.jetty.modifyHttpConfiguration(Assembly::configureHttp);
    javalin.jetty.addConnector(this::connector);
  }

  private void configureServer(Server server, JettyErrors errors) {
    server.setErrorHandler(errors);
    server.setRequestLog(new AccessLog());
    server.setStopTimeout(config.stopTimeout().toMillis());
    server.insertHandler(new GracefulHandler());
    server.insertHandler(requestIds);
  }

  private static void configureHttp(HttpConfiguration http) {
    http.setUriCompliance(ANY_ID);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setResponseHeaderSize(RESPONSE_HEADER_BYTES);
    http.setMaxResponseHeaderSize(RESPONSE_HEADER_BYTES);
    http.setSendServerVersion(false);
  }

  private Connector connector(Server server, HttpConfiguration http) {
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(config.requestTimeout().toMillis() + IDLE_BEYOND_REQUEST_MILLIS);
    return connector;
  }
}
