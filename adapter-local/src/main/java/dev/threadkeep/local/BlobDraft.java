package dev.threadkeep.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is being written. It is in nobody's way until it is whole and moved to its place. */
final class BlobDraft {
  /** Bytes written at once. */
  private static final int PART = 64 * 1024;

  private final Path file;
  private final FileChannel channel;
  private final int headerSize;

  /** Begins a file in a folder for such files, which is on the same disk as its later place. */
  BlobDraft(Path drafts, byte[] header) throws IOException {
    this.file = Files.createTempFile(drafts, "", ""); // only its owner can read it
    this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
    this.headerSize = header.length;
    write(ByteBuffer.wrap(header));
  }

  /** In parts, because the JDK keeps a buffer of its own as large as the largest it has written. */
  void write(ByteBuffer content) throws IOException {
    int end = content.limit();
    while (content.position() < end) {
      content.limit(Math.min(end, content.position() + PART));
      channel.write(content);
      content.limit(end);
    }
  }

  /** Puts everything on disk; the size of the content in bytes. */
  long finish() throws IOException {
    channel.force(true);
    channel.close();
    return Files.size(file) - headerSize;
  }

  /** Puts it in its place, at once and instead of what is there. */
  void moveTo(Path place) throws IOException {
    Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
  }

  void discard() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
