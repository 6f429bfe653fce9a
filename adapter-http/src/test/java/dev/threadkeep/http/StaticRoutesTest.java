package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StaticRoutesTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  @Test
  void theSignInPageShouldFindWhatItIsMadeOf() {
    Reply page = SERVER.anybody().get("/sign-in");
    List<String> parts =
        Pattern.compile("(?:src|href)=\"([^\"]+)\"")
            .matcher(page.text())
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
    assertThat(parts).containsExactly("sign-in.css", "sign-in.js", "openapi.json");
    assertThat(parts).allMatch(part -> SERVER.anybody().get("/" + part).status() == 200);
  }

  @Test
  void theSignInPageShouldTalkToItsOwnServerOnly() {
    assertThat(SERVER.anybody().get("/sign-in").header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "http");
  }

  @Test
  void theDataLayerForChainlitShouldBeServedToEverybodyAsItIs() throws IOException {
    Reply file = SERVER.anybody().get("/clients/chainlit/threadkeep.py");

    assertThat(file.status()).isEqualTo(200);
    assertThat(file.header("Content-Type")).isEqualTo("text/x-python; charset=utf-8");
    assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
    try (InputStream resource =
        StaticRoutes.class.getResourceAsStream("clients/chainlit/threadkeep.py")) {
      assertThat(file.text())
          .isEqualTo(new String(resource.readAllBytes(), StandardCharsets.UTF_8))
          .contains("class ThreadkeepDataLayer(BaseDataLayer):");
    }
  }
}
