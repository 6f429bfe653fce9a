package dev.threadkeep.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Folders and files that only their owner may read. Where the file system has no POSIX permissions,
 * they have what it gives them.
 */
final class PrivateFiles {
  private PrivateFiles() {}

  /** Makes the folder and those above it that are missing. One that exists keeps its rights. */
  static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        createFolder(parent);
      }
      Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
      syncName(folder);
    }
  }

  /** Makes an empty file, unless there is a file of this name. */
  static void createFile(Path file) throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(file, ownerOnly(file, "rw-------"));
      syncName(file);
    }
  }

  /** Puts it on disk that something is called this, or nothing is any more. */
  static void syncName(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && isPosix(folder)) { // elsewhere a folder cannot be opened, and need not
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
