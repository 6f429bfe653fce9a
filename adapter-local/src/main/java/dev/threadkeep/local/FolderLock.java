package dev.threadkeep.local;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder to one store at a time. The operating system gives the lock up when the process
 * ends, however it ends; the file stays.
 */
final class FolderLock implements AutoCloseable {
  /**
   * The folders locked by this process. The lock of a file does not do within one process: POSIX
   * drops it as soon as any channel to the file is closed, a refused second one's included.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Locks an existing folder.
   *
   * @throws DataLayerException {@code UNAVAILABLE} when another store has it
   */
  static FolderLock acquire(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!HELD.add(real)) {
      throw inUse(folder);
    }
    FileChannel channel = null;
    try {
      Path file = real.resolve(".lock");
      PrivateFiles.createFile(file);
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(folder);
      }
      return new FolderLock(real, channel);
    } catch (IOException | RuntimeException failure) {
      release(real, channel);
      throw failure;
    }
  }

  /** Frees the folder. Once it is free, it may be another's, and this does nothing. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      release(folder, channel);
    }
  }

  private static void release(Path folder, @Nullable FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      HELD.remove(folder);
    }
  }

  private static DataLayerException inUse(Path folder) {
    return new DataLayerException(
        ErrorCode.UNAVAILABLE,
        "folder "
            + folder
            + " is in use by another store: stop that one first, or choose another folder");
  }
}
