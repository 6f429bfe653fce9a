package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log of a command says, and what changes that. */
class LogTest {
  private static final String LINE =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) ";

  @TempDir private Path folder;

  @Test
  void saysWhatIsOpenedAndNotEachCall() throws Exception {
    assertThat(log())
        .anyMatch(line -> line.matches(LINE + "INFO  dev\\.threadkeep\\.local .* is open"))
        .noneMatch(line -> line.contains(" DEBUG "));
  }

  @Test
  void saysEachCallWhenTold() throws Exception {
    assertThat(log("-Dthreadkeep.log=DEBUG"))
        .anyMatch(line -> line.matches(LINE + "DEBUG dev\\.threadkeep\\..*"));
  }

  @Test
  void staysAtInformationWhereTheLevelIsNone() throws Exception {
    assertThat(log("-Dthreadkeep.log=LOUD"))
        .anyMatch(line -> line.contains(" INFO "))
        .noneMatch(line -> line.contains(" DEBUG "));
  }

  @Test
  void isThatOfAFileWhereOneIsNamed() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("own.xml"),
            """
            <configuration>
              <appender name="own" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>own %level %logger%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="own"/></root>
            </configuration>
            """);
    assertThat(log("-Dlogback.configurationFile=" + file))
        .contains("own INFO dev.threadkeep.local")
        .noneMatch(line -> line.matches(LINE + ".*"));
  }

  private List<String> log(String... jvmOptions) throws IOException, InterruptedException {
    Process doctor =
        ServerProcess.command(
            folder,
            Map.of("THREADKEEP_DATA_DIR", folder.resolve("data").toString()),
            List.of(jvmOptions),
            "doctor");
    String output = new String(doctor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(doctor.waitFor()).as(output).isZero();
    return output.lines().toList();
  }
}
