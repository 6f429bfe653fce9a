package dev.threadkeep.http;

import dev.threadkeep.json.JsonText;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** The errors that Jetty itself answers, in the form of all others. */
final class JettyErrors implements Request.Handler {
  private final RequestIds requestIds;

  JettyErrors(RequestIds requestIds) {
    this.requestIds = requestIds;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Problem problem = problem(request, response.getStatus());
    requestIds.prepare(request, response);
    request.setAttribute(AccessLog.CODE, problem.code());
    response.setStatus(problem.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    problem.headers().forEach(it -> response.getHeaders().put(it.name(), it.value()));
    Content.Sink.write(response, true, JsonText.write(problem.json()), callback);
    return true;
  }

  /** Jetty says why it does not understand a request; of its own failures it says nothing. */
  private static Problem problem(Request request, int responseStatus) {
    Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
    if (cause instanceof HttpException refused) {
      String reason = refused.getReason();
      return of(
          refused.getCode(), reason == null ? HttpStatus.getMessage(refused.getCode()) : reason);
    } else if (responseStatus != HttpStatus.SERVICE_UNAVAILABLE_503 && isStopping(request)) {
      return Problem.of(Code.OUTCOME_UNKNOWN, "the server has shut down meanwhile; repeat it");
    }
    return of(responseStatus, HttpStatus.getMessage(responseStatus));
  }

  private static boolean isStopping(Request request) {
    return !request.getConnectionMetaData().getConnector().getServer().isRunning();
  }

  private static Problem of(int status, String reason) {
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      return Problem.of(Code.UNAVAILABLE, "the server is shutting down");
    } else if (status == Code.HEADERS_TOO_LARGE.status()) {
      return Problem.of(Code.HEADERS_TOO_LARGE, "the headers of the request are too large");
    }
    Problem general =
        Problem.of(status < 500 ? Code.MALFORMED : Code.INTERNAL, "the request failed: " + reason);
    return new Problem(status, general.code(), general.detail(), general.headers());
  }
}
