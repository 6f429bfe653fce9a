package dev.threadkeep.domain.port;

import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.UploadOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * The files of elements. A key that a store cannot keep as it is, because its engine reads a path
 * or an end of it into the key, fails with {@code INVALID}; keys as {@link
 * dev.threadkeep.domain.BlobKey#forElement} makes them are kept by every store.
 */
public interface BlobStore extends AutoCloseable {
  /**
   * Stores bytes under a key. Either all of them are stored or, when it fails, what was there
   * before stays.
   *
   * @return the size and type of what is stored; fails with {@code ALREADY_EXISTS} when the key is
   *     taken and may not be overwritten, and with {@code TOO_LARGE} for a key of more than {@value
   *     dev.threadkeep.domain.Limits#KEY_BYTES} bytes
   */
  CompletionStage<BlobInfo> upload(BlobKey key, ByteBuffer content, UploadOptions options);

  /**
   * Stores a stream of unknown length under a key, with backpressure and never whole in memory;
   * otherwise as the upload of bytes. An error of the publisher fails the upload: a {@link
   * dev.threadkeep.domain.DataLayerException} as it is, any other as the cause of one.
   */
  CompletionStage<BlobInfo> upload(
      BlobKey key, Flow.Publisher<ByteBuffer> content, UploadOptions options);

  /** The size and type of a file, or nothing when there is none. */
  CompletionStage<Optional<BlobInfo>> find(BlobKey key);

  /** The content of a file, or nothing when there is none. The publisher can be subscribed once. */
  CompletionStage<Optional<Flow.Publisher<ByteBuffer>>> read(BlobKey key);

  /** Removes a file. Idempotent: whether there was one does not matter. */
  CompletionStage<Void> delete(BlobKey key);

  /**
   * An address under which anybody can read the file until it expires. Made without I/O; the file
   * need not exist.
   */
  CompletionStage<URI> readUrl(BlobKey key);

  /** Ends what the store itself has opened; a client that was given to it stays open. */
  @Override
  void close();
}
