package dev.threadkeep.benchmarks.server;

/**
 * A request that is made again and again.
 *
 * @param path with what comes before it a URL
 * @param body JSON; empty for none
 */
record Call(String method, String path, String body) {
  static Call get(String path) {
    return new Call("GET", path, "");
  }

  static Call post(String path, String body) {
    return new Call("POST", path, body);
  }
}
