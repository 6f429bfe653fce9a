package dev.threadkeep.bootstrap;

import dev.threadkeep.dynamodb.DynamoDbLocal;
import java.util.Map;

/** How a process of the server finds the engine of the tests, with a table in it. */
final class Engine {
  static final String SERVICE_TOKEN = "a-service-token-of-32-characters!";

  private Engine() {}

  /** The environment of a server on a table, which need not exist, without files. */
  static Map<String, String> environment(String table) {
    return Map.of(
        "AWS_ENDPOINT_URL_DYNAMODB", DynamoDbLocal.endpoint().toString(),
        "AWS_REGION", "eu-central-1",
        "AWS_ACCESS_KEY_ID", "local",
        "AWS_SECRET_ACCESS_KEY", "local",
        "THREADKEEP_STORE", "dynamodb",
        "THREADKEEP_FILES", "none",
        "THREADKEEP_DYNAMODB_TABLE", table,
        "THREADKEEP_SERVICE_TOKEN", SERVICE_TOKEN,
        "CHAINLIT_AUTH_SECRET", "an-auth-secret-of-more-than-32-bytes");
  }
}
