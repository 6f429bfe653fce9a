package dev.threadkeep.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSecretsTest {
  @TempDir Path temporary;

  @Test
  void secretsShouldBeMadeOnceAndThenKept() {
    Path folder = temporary.resolve("a/b");

    Secret token = new LocalSecrets(folder).serviceToken();
    Secret secret = new LocalSecrets(folder).authSecret();

    assertThat(token.value()).hasSize(43).isNotEqualTo(secret.value());
    assertThat(new LocalSecrets(folder).serviceToken()).isEqualTo(token);
    assertThat(new LocalSecrets(folder).authSecret()).isEqualTo(secret);
    assertThat(new LocalSecrets(folder).serviceTokenFile())
        .hasContent(token.value())
        .isEqualTo(folder.resolve("service-token"));
  }

  @Test
  void otherFoldersShouldHaveOtherSecrets() {
    assertThat(new LocalSecrets(temporary.resolve("a")).authSecret())
        .isNotEqualTo(new LocalSecrets(temporary.resolve("b")).authSecret());
  }

  @Test
  void onlyTheOwnerShouldHaveRights() throws IOException {
    Path folder = temporary.resolve("data");
    new LocalSecrets(folder).serviceToken();

    assertThat(rights(folder)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(file -> assertThat(rights(file)).isEqualTo("rw-------"));
    }
  }

  @Test
  void rightsOfOthersShouldBeTakenAway() throws IOException {
    LocalSecrets secrets = new LocalSecrets(temporary);
    Secret token = secrets.serviceToken();
    Files.setPosixFilePermissions(
        secrets.serviceTokenFile(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(secrets.serviceToken()).isEqualTo(token);
    assertThat(rights(secrets.serviceTokenFile())).isEqualTo("rw-------");
  }

  @Test
  void allWhoStartAtOnceShouldGetTheSameSecret() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Secret> start = () -> new LocalSecrets(temporary).authSecret();
      Secret first = null;
      for (Future<Secret> secret :
          threads.invokeAll(List.of(start, start, start, start, start, start, start, start))) {
        first = first == null ? secret.get() : first;
        assertThat(secret.get()).isEqualTo(first);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aFileThatHoldsNoSecretShouldBeAProblem() throws IOException {
    LocalSecrets secrets = new LocalSecrets(temporary);
    Files.writeString(secrets.serviceTokenFile(), "hush\n");
    Files.createFile(temporary.resolve("auth-secret"));

    assertThatThrownBy(secrets::serviceToken)
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("THREADKEEP_SERVICE_TOKEN: ")
        .hasMessageContaining("at least 32 characters")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(secrets::authSecret)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("is empty");
  }

  @Test
  void aFolderThatCannotBeMadeShouldBeAProblem() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));

    assertThatThrownBy(() -> new LocalSecrets(file).authSecret())
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("CHAINLIT_AUTH_SECRET: cannot be kept in ")
        .hasMessageContaining("THREADKEEP_DATA_DIR");
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
