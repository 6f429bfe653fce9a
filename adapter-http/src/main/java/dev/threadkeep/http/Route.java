package dev.threadkeep.http;

import io.javalin.http.HandlerType;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * One route: what it is called, who may call it, what it takes, and what it does.
 *
 * @param query the query parameters that it knows
 * @param readsOnly whether it changes nothing, whatever its method says
 */
record Route(
    HandlerType method,
    String path,
    Access access,
    Input input,
    Set<String> query,
    boolean readsOnly,
    Work work) {
  /** What is taken from the body of a request. */
  enum Input {
    NONE,
    JSON,
    /** A file, which is read while it is stored. */
    FILE
  }

  /** What a route does; it may throw what a stage may fail with. */
  @FunctionalInterface
  interface Work {
    CompletionStage<Answer> answer(Call call);
  }

  static Route get(String path, Access access, Work work) {
    return new Route(HandlerType.GET, path, access, Input.NONE, Set.of(), true, work);
  }

  static Route put(String path, Access access, Work work) {
    return new Route(HandlerType.PUT, path, access, Input.JSON, Set.of(), false, work);
  }

  static Route patch(String path, Access access, Work work) {
    return new Route(HandlerType.PATCH, path, access, Input.JSON, Set.of(), false, work);
  }

  static Route post(String path, Access access, Work work) {
    return new Route(HandlerType.POST, path, access, Input.JSON, Set.of(), false, work);
  }

  static Route delete(String path, Access access, Work work) {
    return new Route(HandlerType.DELETE, path, access, Input.NONE, Set.of(), false, work);
  }

  /** The same route, which takes no body or another one. */
  Route taking(Input other) {
    return new Route(method, path, access, other, query, readsOnly, work);
  }

  /** The same route, which knows these query parameters. */
  Route knowing(String... parameters) {
    return new Route(method, path, access, input, Set.of(parameters), readsOnly, work);
  }

  /** The same route, which changes nothing though its method is one of writes. */
  Route readingOnly() {
    return new Route(method, path, access, input, query, true, work);
  }

  /**
   * Whether an unknown query parameter is an error. Chainlit's server ignores them, and its clients
   * may add some to every call.
   */
  boolean refusesUnknownQuery() {
    return path.startsWith("/v1/");
  }

  /** Whether its method only reads, so that it does not matter who makes a browser call it. */
  boolean isSafe() {
    return method.equals(HandlerType.GET) || method.equals(HandlerType.HEAD);
  }
}
