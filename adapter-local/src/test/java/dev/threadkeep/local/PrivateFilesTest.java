package dev.threadkeep.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions there")
class PrivateFilesTest {
  @TempDir Path parent;

  @Test
  void onlyTheOwnerShouldReachWhatIsMade() throws IOException {
    Path folder = parent.resolve("a/b");
    FileUrlSigner urls =
        new FileUrlSigner("", new byte[] {1}, Duration.ofHours(1), Clock.systemUTC());
    try (LocalDataStore store = LocalDataStore.open(folder, Clock.systemUTC());
        LocalBlobStore files = LocalBlobStore.open(folder, urls, Clock.systemUTC())) {
      Await.result(store.users().upsert(User.builder().id(UserId.of("ada")).build()));
      Await.result(
          files.upload(BlobKey.of("k"), ByteBuffer.allocate(3), UploadOptions.of("text/plain")));

      List<String> rights = rights(parent.resolve("a"));
      assertThat(rights)
          .contains("a rwx------", "b rwx------", "threadkeep.db rw-------")
          .contains("threadkeep.db-wal rw-------", ".lock rw-------", "files rwx------")
          .allMatch(it -> it.endsWith(" rwx------") || it.endsWith(" rw-------"));
    }
  }

  @Test
  void aFolderThatExistsShouldKeepItsRights() throws IOException {
    Path folder =
        Files.createDirectory(
            parent.resolve("shared"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    LocalDataStore.open(folder, Clock.systemUTC()).close();

    assertThat(rights(folder)).contains("shared rwxr-x---", "threadkeep.db rw-------");
  }

  private static List<String> rights(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(PrivateFilesTest::right).toList();
    }
  }

  private static String right(Path path) {
    try {
      return path.getFileName()
          + " "
          + PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
