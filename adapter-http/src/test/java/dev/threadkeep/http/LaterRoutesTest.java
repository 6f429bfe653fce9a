package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.json.JsonText;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What later issues bring says so, to callers and in the document. */
class LaterRoutesTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  static Stream<Route> later() {
    return new LaterRoutes().routes().stream();
  }

  private static Reply call(Api api, Route route) {
    String path = route.path().replaceAll("\\{[a-zA-Z]+}", "x");
    return api.send(route.method().name(), path, Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("later")
  void laterRouteShouldAnswerThatItIsNotThere(Route route) {
    Reply reply = call(SERVER.service(), route).problem(Code.NOT_CONFIGURED);

    assertThat(reply.detail()).endsWith("is not available on this server yet");
    call(SERVER.person("ada"), route).problem(Code.NOT_CONFIGURED);
  }

  @ParameterizedTest
  @MethodSource("later")
  void documentShouldSayThatALaterRouteIsNotThere(Route route) {
    JsonObject operation = (JsonObject) JsonText.parse(Document.text());
    for (String name :
        new String[] {
          "paths", route.path(), route.method().name().toLowerCase(Locale.ROOT), "responses"
        }) {
      operation = (JsonObject) operation.get(name).orElseThrow();
    }

    assertThat(operation.members()).containsOnlyKeys("501", "default");
  }
}
