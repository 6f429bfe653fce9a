package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A Chainlit application that keeps its chats in Threadkeep, with the data layer that Threadkeep
 * serves, and its pages in a browser. What is to be seen is kept in {@code screenshots}.
 */
class ChainlitPagesInterop {
  private static final Path SCREENSHOTS = Chainlit.FOLDER.resolve("screenshots");

  @TempDir private Path folder;
  private Path application;

  /** The screenshots of an earlier run are of something else. */
  @BeforeAll
  static void makeFolderOfScreenshots() throws IOException {
    Files.createDirectories(SCREENSHOTS);
    try (DirectoryStream<Path> old = Files.newDirectoryStream(SCREENSHOTS)) {
      for (Path screenshot : old) {
        Files.delete(screenshot);
      }
    }
  }

  @BeforeEach
  void makeFolderOfTheApplication() throws IOException {
    application = Files.createDirectory(folder.resolve("chainlit"));
  }

  @ParameterizedTest
  @EnumSource(names = {"LOCAL", "DYNAMODB_AND_S3"})
  void historyShouldWorkInTheBrowser(EverywhereTest.Stores stores) throws Exception {
    Map<String, String> environment = environment(stores);
    try (ServerProcess server = ServerProcess.start(folder, environment)) {
      try (OtherServer chainlit = chat(server, environment)) {
        browse(server, chainlit, Map.of("SCREENSHOTS", screenshots("direct", stores)));
        assertThat(chainlit.output()).contains("on_feedback: 1").doesNotContain("ERROR");
      }
      server.stop();
    }
    assertNothingIsLeft(environment);
  }

  @ParameterizedTest
  @EnumSource(names = {"LOCAL", "DYNAMODB_AND_S3"})
  void historyShouldWorkInTheBrowserThroughTheProxyOfTheExample(EverywhereTest.Stores stores)
      throws Exception {
    int port = OtherServer.freePort();
    Map<String, String> environment = environment(stores);
    environment.put("THREADKEEP_PUBLIC_URL", OtherServer.address(port).toString());
    Path proxy = Files.createDirectory(folder.resolve("nginx"));
    try (ServerProcess server = ServerProcess.start(folder, environment)) {
      try (OtherServer chainlit = chat(server, environment);
          OtherServer nginx = Nginx.start(proxy, port, server.address(), chainlit.address())) {
        browse(
            server,
            nginx,
            Map.of("PROXIED", "true", "SCREENSHOTS", screenshots("proxied", stores)));
        assertThat(nginx.output()).isEmpty();
        // as the example warns
        assertThat(chainlit.output()).doesNotContain("on_feedback", "ERROR");
      }
      server.stop();
    }
    assertNothingIsLeft(environment);
  }

  private static Map<String, String> environment(EverywhereTest.Stores stores) {
    Map<String, String> environment = new HashMap<>(stores.environment());
    environment.put("CHAINLIT_AUTH_SECRET", "shared-by-both-of-the-two-servers");
    return environment;
  }

  private OtherServer chat(ServerProcess server, Map<String, String> environment)
      throws IOException, InterruptedException {
    URI layer = URI.create(server.address() + "/clients/chainlit/threadkeep.py");
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(layer).build(),
            BodyHandlers.ofFile(application.resolve("threadkeep.py")));
    return Chainlit.serve(
        application,
        Map.of(
            "THREADKEEP_URL", server.address(),
            "THREADKEEP_SERVICE_TOKEN", Engine.SERVICE_TOKEN,
            "CHAINLIT_AUTH_SECRET", environment.get("CHAINLIT_AUTH_SECRET")),
        "chat.py");
  }

  private static void browse(ServerProcess server, OtherServer pages, Map<String, String> more)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("PAGE_URL", pages.address());
    environment.put("THREADKEEP_URL", server.address());
    environment.put("THREADKEEP_SERVICE_TOKEN", Engine.SERVICE_TOKEN);
    Chainlit.nodeTests(23, environment, "history-page.mjs");
    assertThat(server.output()).doesNotContain("WARN", "ERROR");
  }

  private static String screenshots(String how, EverywhereTest.Stores stores) {
    String name = how + "-" + stores.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return SCREENSHOTS.resolve(name).toString();
  }

  /** The only chat was deleted, so its files have to be gone from the store as well. */
  private void assertNothingIsLeft(Map<String, String> environment) throws Exception {
    assertThat(ServerProcess.doctor(folder, environment))
        .startsWith("0 ")
        .contains("checked 0 threads, 0 steps and elements, 0 files");
  }
}
