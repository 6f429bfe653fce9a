package dev.threadkeep.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One line for each request, whoever answered it: method, route, status, code of the problem,
 * duration, bytes. No query, no header, no body: there are secrets in them.
 */
final class AccessLog implements RequestLog {
  /** The attribute of a request that holds the path of its route. */
  static final String ROUTE = AccessLog.class.getName() + ".route";

  /** The attribute of a request that holds the code of the problem it was answered with. */
  static final String CODE = AccessLog.class.getName() + ".code";

  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.http");
  private static final int PATH_CHARACTERS = 200;

  @Override
  public void log(Request request, Response response) {
    Object code = request.getAttribute(CODE);
    MDC.put(RequestIds.MDC_KEY, RequestIds.of(request));
    try {
      log.info(
          "{} {} {}{} {} ms {} bytes",
          request.getMethod(),
          route(request),
          response.getStatus(),
          code == null ? "" : " " + code,
          NanoTime.millisSince(request.getBeginNanoTime()),
          Response.getContentBytesWritten(response));
    } finally {
      MDC.remove(RequestIds.MDC_KEY);
    }
  }

  private static String route(Request request) {
    if (request.getAttribute(ROUTE) instanceof String route) {
      return route;
    }
    String path = String.valueOf(request.getHttpURI().getPath());
    return path.length() <= PATH_CHARACTERS ? path : path.substring(0, PATH_CHARACTERS) + "…";
  }
}
