package dev.threadkeep.local;

import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A stored file, open: one line of JSON about it, then its content. Both are in one file, so that
 * one rename replaces both; once open, it stays what it is.
 */
final class BlobFile implements Closeable {
  /** Bytes of a header at most: key, type and disposition, with each character escaped. */
  private static final int MAX_HEADER = 64 * 1024;

  private static final String KEY = "key";
  private static final String MIME = "mime";
  private static final String DISPOSITION = "disposition";

  private final FileChannel channel;
  private final BlobInfo info;

  private BlobFile(FileChannel channel, BlobInfo info) {
    this.channel = channel;
    this.info = info;
  }

  /** What stands before the content. */
  static byte[] header(BlobKey key, UploadOptions options) {
    JsonObject header =
        JsonObject.of(KEY, JsonValue.of(key.value())).with(MIME, JsonValue.of(options.mime()));
    if (options.disposition().isPresent()) {
      header = header.with(DISPOSITION, JsonValue.of(options.disposition().get()));
    }
    return (JsonText.write(header) + '\n').getBytes(StandardCharsets.UTF_8);
  }

  /** Opens the file at a path at the beginning of its content; nothing when there is none. */
  static Optional<BlobFile> open(Path path) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    try {
      byte[] header = readLine(channel);
      long offset = header.length + 1L;
      JsonValue about = JsonText.parse(header);
      BlobInfo info = info(path, about, channel.size() - offset);
      if (info.size() < 0) {
        throw DataLayerException.invalid(KEY, "is cut off");
      }
      return Optional.of(new BlobFile(channel.position(offset), info));
    } catch (DataLayerException malformed) {
      channel.close();
      throw new DataLayerException(
          ErrorCode.CORRUPT, path + " does not begin with a line about itself", malformed);
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  BlobInfo info() {
    return info;
  }

  /** Goes on so many bytes of the content. */
  void skip(long bytes) throws IOException {
    channel.position(channel.position() + bytes);
  }

  /** The next part of the content, at most so many bytes of it; empty at its end. */
  ByteBuffer read(int limit) throws IOException {
    ByteBuffer part = ByteBuffer.allocate(limit);
    int count = 0;
    while (part.hasRemaining() && count >= 0) {
      count = channel.read(part);
    }
    return part.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static BlobInfo info(Path path, JsonValue about, long size) throws IOException {
    BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
    Instant modified = file.lastModifiedTime().toInstant();
    // Two files of the same moment are not the same one.
    String version =
        "%x-%x-%x"
            .formatted(
                modified.getEpochSecond(), modified.getNano(), Objects.hashCode(file.fileKey()));
    return new BlobInfo(
        BlobKey.of(text(about, KEY)),
        size,
        text(about, MIME),
        optionalText(about, DISPOSITION),
        version,
        modified);
  }

  private static byte[] readLine(FileChannel channel) throws IOException {
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read();
        next != '\n' && next >= 0 && line.size() < MAX_HEADER;
        next = in.read()) {
      line.write(next);
    }
    return line.toByteArray();
  }

  private static String text(JsonValue header, String name) {
    return optionalText(header, name)
        .orElseThrow(() -> DataLayerException.invalid(name, "is missing"));
  }

  private static Optional<String> optionalText(JsonValue header, String name) {
    return header instanceof JsonObject object
            && object.get(name).orElse(JsonValue.Null.NULL) instanceof JsonValue.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }
}
