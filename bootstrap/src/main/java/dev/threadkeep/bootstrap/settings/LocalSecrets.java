package dev.threadkeep.bootstrap.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The secrets of local mode: made on first use, then kept in the data folder, each in a file that
 * only its owner can read.
 */
public final class LocalSecrets {
  private static final int RANDOM_BYTES = 32;

  private final Path folder;

  public LocalSecrets(Path folder) {
    this.folder = folder;
  }

  /** The file of the service token, for people and scripts to read. */
  public Path serviceTokenFile() {
    return folder.resolve("service-token");
  }

  /**
   * What chat back ends call with.
   *
   * @throws SettingsException when it can neither be read nor made
   */
  public Secret serviceToken() {
    return kept(Options.SERVICE_TOKEN, serviceTokenFile());
  }

  /**
   * What people's tokens are signed with.
   *
   * @throws SettingsException when it can neither be read nor made
   */
  public Secret authSecret() {
    return kept(Options.AUTH_SECRET, folder.resolve("auth-secret"));
  }

  private Secret kept(Option<Optional<Secret>> option, Path file) {
    try {
      if (!Files.exists(file)) {
        make(folder, file);
      }
      onlyForOwner(file);
      String text = Files.readString(file).strip();
      return option
          .reader()
          .apply(Optional.of(text).filter(secret -> !secret.isEmpty()))
          .orElseThrow(() -> new IllegalArgumentException("is empty"));
    } catch (IllegalArgumentException wrong) {
      throw problem(option, file + " " + wrong.getMessage() + "; remove it to have a new one made");
    } catch (IOException failed) {
      throw problem(
          option,
          "cannot be kept in "
              + file
              + " ("
              + failed
              + "); set it, or let "
              + Options.DATA_DIR.name()
              + " name a folder that can be written");
    }
  }

  /**
   * Two servers that start at once end up with the same secret, and no crash leaves half of one.
   */
  private static synchronized void make(Path folder, Path file) throws IOException {
    Files.createDirectories(folder, ownerOnly("rwx------"));
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(".secrets.lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                ownerOnly("rw-------"));
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(file)) {
        Path draft = Files.createTempFile(folder, ".secret", "", ownerOnly("rw-------"));
        write(draft, random());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text + "\n");
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A copy or a restored backup may have come with other rights. */
  private static void onlyForOwner(Path file) throws IOException {
    Set<PosixFilePermission> rights = PosixFilePermissions.fromString("rw-------");
    if (isPosix() && !rights.containsAll(Files.getPosixFilePermissions(file))) {
      Files.setPosixFilePermissions(file, rights);
    }
  }

  private static FileAttribute<?>[] ownerOnly(String rights) {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  private static SettingsException problem(Option<?> option, String what) {
    return new SettingsException(List.of(option.name() + ": " + what));
  }
}
