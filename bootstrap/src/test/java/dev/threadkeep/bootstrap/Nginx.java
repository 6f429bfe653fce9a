package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The example of a proxy in {@code docs/examples}, as it is there but for the ports. */
final class Nginx {
  private static final Path EXAMPLE = Path.of("..", "docs", "examples", "nginx.conf");

  /** What is around the example: nginx as one process, with all that it writes in its folder. */
  private static final String AROUND =
      """
      daemon off;
      master_process off;
      pid nginx.pid;
      error_log stderr;
      events {}
      http {
          access_log access.log;
          client_body_temp_path temp-body;
          proxy_temp_path temp-proxy;
          fastcgi_temp_path temp-fastcgi;
          uwsgi_temp_path temp-uwsgi;
          scgi_temp_path temp-scgi;
          include example.conf;
      }
      """;

  private Nginx() {}

  /** Starts it in a folder that it may fill. */
  static OtherServer start(Path folder, int port, String threadkeep, String chainlit)
      throws IOException, InterruptedException {
    String example = Files.readString(EXAMPLE);
    example = replace(example, "listen 80;", "listen " + OtherServer.HOST + ":" + port + ";");
    example = replace(example, "server 127.0.0.1:8080;", server(threadkeep));
    example = replace(example, "server 127.0.0.1:8000;", server(chainlit));
    Files.writeString(folder.resolve("example.conf"), example);
    Path around = Files.writeString(folder.resolve("nginx.conf"), AROUND);
    return OtherServer.start(
        folder,
        Map.of(),
        port,
        List.of("nginx", "-e", "stderr", "-p", folder + "/", "-c", around.toString()));
  }

  private static String server(String address) {
    return "server " + OtherServer.HOST + ":" + URI.create(address).getPort() + ";";
  }

  private static String replace(String example, String line, String other) {
    assertThat(example).containsOnlyOnce(line);
    return example.replace(line, other);
  }
}
