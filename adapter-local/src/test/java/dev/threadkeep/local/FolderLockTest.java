package dev.threadkeep.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void nameTheFolder() {
    folder = temporary.resolve("data");
  }

  @Test
  void aFolderShouldBeOpenOnceAtATime() {
    try (LocalDataStore first = LocalDataStore.open(folder, Clock.systemUTC())) {
      assertThat(first).isNotNull();
      assertRefused(folder);
      assertRefused(folder.resolve("../data"));
    }
    LocalDataStore.open(folder, Clock.systemUTC()).close();
  }

  @Test
  void anotherProcessShouldBeRefusedTooHoweverOftenThisOneTries() throws Exception {
    try (LocalDataStore first = LocalDataStore.open(folder, Clock.systemUTC())) {
      assertThat(first).isNotNull();
      assertRefused(folder);
      assertThat(openElsewhere())
          .isEqualTo("UNAVAILABLE folder " + folder + " is in use by another store:");
    }
    assertThat(openElsewhere()).isEqualTo("open");
  }

  @Test
  void aStoreThatDoesNotOpenShouldLeaveTheFolderFree() throws IOException {
    Files.createDirectory(folder);
    Files.writeString(folder.resolve(SqliteFile.NAME), "no database".repeat(1_000));
    assertThatExceptionOfType(DataLayerException.class)
        .isThrownBy(() -> LocalDataStore.open(folder, Clock.systemUTC()));
    Files.delete(folder.resolve(SqliteFile.NAME));

    LocalDataStore.open(folder, Clock.systemUTC()).close();
  }

  @Test
  void closingTwiceShouldNotFreeWhatIsAnothers() {
    LocalDataStore first = LocalDataStore.open(folder, Clock.systemUTC());
    first.close();
    try (LocalDataStore second = LocalDataStore.open(folder, Clock.systemUTC())) {
      assertThat(second).isNotNull();
      first.close();
      assertRefused(folder);
    }
  }

  private static void assertRefused(Path folder) {
    assertThatExceptionOfType(DataLayerException.class)
        .isThrownBy(() -> LocalDataStore.open(folder, Clock.systemUTC()))
        .withMessageContaining("is in use by another store")
        .extracting(DataLayerException::code)
        .isEqualTo(ErrorCode.UNAVAILABLE);
  }

  private String openElsewhere() throws Exception {
    Process process = ChildJvm.start(Opener.class, temporary, folder.toString());
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  /** Says whether it can open the store of a folder. */
  static final class Opener {
    private Opener() {}

    public static void main(String[] arguments) {
      try (LocalDataStore store = LocalDataStore.open(Path.of(arguments[0]), Clock.systemUTC())) {
        System.out.print(store == null ? "nothing" : "open");
      } catch (DataLayerException refused) {
        String message = refused.getMessage();
        System.out.print(refused.code() + " " + message.substring(0, message.indexOf(':') + 1));
      }
    }
  }
}
