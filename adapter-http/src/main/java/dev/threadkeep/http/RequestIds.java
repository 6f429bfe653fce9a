package dev.threadkeep.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Gives each request its id, before anything else, and each answer the headers that all have. */
final class RequestIds extends Handler.Wrapper {
  /** Under this name the log has the id of the request. */
  static final String MDC_KEY = "requestId";

  private static final String HEADER = "X-Request-Id";
  private static final String ATTRIBUTE = RequestIds.class.getName();
  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  private final Supplier<String> fresh;

  RequestIds(Supplier<String> fresh) {
    this.fresh = fresh;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    prepare(request, response);
    return super.handle(request, response, callback);
  }

  /** Also for requests that Jetty answers without handling them. */
  void prepare(Request request, Response response) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HEADER, assign(request));
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
  }

  /** The id of a request that has one already. */
  static String of(Request request) {
    return String.valueOf(request.getAttribute(ATTRIBUTE));
  }

  /** The id of a request that has one already. */
  static String of(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(ATTRIBUTE));
  }

  private String assign(Request request) {
    if (!(request.getAttribute(ATTRIBUTE) instanceof String)) {
      String given = request.getHeaders().get(HEADER);
      boolean taken = given != null && WELL_FORMED.matcher(given).matches();
      request.setAttribute(ATTRIBUTE, taken ? given : fresh.get());
    }
    return of(request);
  }
}
