package dev.threadkeep.domain.port;

import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.WriteResult;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * The files of elements. A key that a store cannot keep as it is, because its engine reads a path
 * or an end of it into the key, fails with {@code INVALID}; keys as {@link
 * dev.threadkeep.domain.BlobKeys} makes them are kept by every store.
 */
public interface BlobStore extends AutoCloseable {
  /** Files on one page of a listing at most. */
  int PAGE = 1_000;

  /**
   * Stores bytes under a key. Either all of them are stored or, when it fails, what was there
   * before stays.
   *
   * @return how many bytes are stored; fails with {@code ALREADY_EXISTS} when the key is taken and
   *     may not be overwritten, with {@code TOO_LARGE} for a key of more than {@value
   *     dev.threadkeep.domain.Limits#KEY_BYTES} bytes, and with {@code INVALID} for another number
   *     of bytes than was announced
   */
  CompletionStage<Long> upload(BlobKey key, ByteBuffer content, UploadOptions options);

  /**
   * Stores a stream under a key, with backpressure and never whole in memory; otherwise as the
   * upload of bytes. An error of the publisher fails the upload: a {@link
   * dev.threadkeep.domain.DataLayerException} as it is, any other as the cause of one.
   */
  CompletionStage<Long> upload(
      BlobKey key, Flow.Publisher<ByteBuffer> content, UploadOptions options);

  /** What there is under a key, or nothing when there is no file. */
  CompletionStage<Optional<BlobInfo>> find(BlobKey key);

  /**
   * A part of a file, or nothing when there is no file. Fails with {@code INVALID} when the part
   * begins behind the end of the file.
   */
  CompletionStage<Optional<BlobContent>> read(BlobKey key, ByteRange range);

  /** Removes a file. Idempotent: whether there was one does not matter. */
  CompletionStage<Void> delete(BlobKey key);

  /**
   * Removes many files, as {@link #delete}, with as few requests as the store can do with.
   *
   * @param keys any number
   * @return for each key, in the same order, whether the store did it
   */
  CompletionStage<List<WriteResult<BlobKey>>> deleteAll(List<BlobKey> keys);

  /**
   * The files whose keys begin with a text, in an order of the store's own, at most {@value #PAGE}
   * on a page. A page may be empty and still not be the last. What is stored or removed meanwhile
   * may be on a later page or not.
   *
   * @param prefix may be empty
   * @param after the cursor of the page before, of the same prefix
   */
  CompletionStage<Page<BlobEntry>> list(String prefix, Optional<Cursor> after);

  /**
   * An address under which anybody can read the file until it expires, with the type and
   * disposition that it was stored with. Made without a request for each; the file need not exist.
   */
  CompletionStage<URI> readUrl(BlobKey key);

  /** Ends what the store itself has opened; a client that was given to it stays open. */
  @Override
  void close();
}
