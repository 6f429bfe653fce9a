package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import dev.threadkeep.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The data layer that the server gives away, run by the real Chainlit: every test of {@code
 * test_threadkeep.py} on each kind of store.
 */
class DataLayerInterop {
  private static final String SCRIPT = "test_threadkeep.py";

  @TempDir private Path folder;

  @Test
  void theDataLayerShouldKeepItsPromisesOnTheEmbeddedStore() throws Exception {
    testOn(Map.of("THREADKEEP_SERVICE_TOKEN", Engine.SERVICE_TOKEN));
  }

  @Test
  void theDataLayerShouldKeepItsPromisesOnDynamoDbAndS3() throws Exception {
    testOn(Engine.withS3(Engine.environment(DynamoDbLocal.createTable())));
  }

  private void testOn(Map<String, String> environment) throws Exception {
    try (ServerProcess server = ServerProcess.start(folder, environment)) {
      Map<String, String> variables = new HashMap<>();
      variables.put("THREADKEEP_URL", server.address());
      variables.put("THREADKEEP_TOKEN", Engine.SERVICE_TOKEN);
      variables.put("THREADKEEP_COMMAND", JsonText.write(words(ServerProcess.javaCommand())));

      String said = Chainlit.python(variables, SCRIPT);

      assertThat(said).containsPattern("Ran %d tests in .*\\s+OK\\s".formatted(tests()));
    }
  }

  private static JsonValue words(List<String> words) {
    return new JsonValue.Array(words.stream().<JsonValue>map(JsonValue::of).toList());
  }

  /** How many tests there are, so that none is left out. */
  private static long tests() throws IOException {
    String script = Files.readString(Chainlit.SCRIPTS.resolve(SCRIPT));
    return Pattern.compile("^    async def test_", Pattern.MULTILINE)
        .matcher(script)
        .results()
        .count();
  }
}
