package dev.threadkeep.azure;

import com.azure.core.util.CoreUtils;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.BlockBlobAsyncClient;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.UploadOptions.Existing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * Stores the content of one file. A stream is taken buffer by buffer: the next is asked for when
 * there is room for it. What fits one block is stored at once; otherwise block after block is
 * staged, and nothing of it can be read before the last request commits them all. The SDK's own way
 * would hold several blocks, and the buffers as they came, each of them maybe a byte.
 */
final class Upload {
  /** The least that is staged at once: all the memory that an upload takes. */
  private static final int BLOCK_BYTES = 1_024 * 1_024;

  /** How many blocks a blob can have. */
  private static final int BLOCKS = 50_000;

  /**
   * A block of an unknown length is at least so small a part of what came before, so that blocks do
   * not run out before Azure's limit does.
   */
  private static final int PART = 5_000;

  private final BlockBlobAsyncClient blob;
  private final String container;
  private final String file;
  private final UploadOptions options;
  private final List<String> staged = new ArrayList<>();
  private Block block;
  private long received;

  Upload(BlockBlobAsyncClient blob, String container, String file, UploadOptions options) {
    this.blob = blob;
    this.container = container;
    this.file = file;
    this.options = options;
    this.block = new Block(nextBlockBytes());
  }

  /** Stores bytes, which are in memory anyway, with one request. */
  Mono<Long> store(ByteBuffer content) {
    received = content.remaining();
    options.checkSize(received);
    return put(Block.of(content)).thenReturn(received);
  }

  /**
   * Stores what is published; gives how many bytes. An error of the publisher waits its turn, as
   * buffers do: a block that were cancelled on its way would be logged as a fault of Reactor.
   */
  Mono<Long> store(Flux<ByteBuffer> content) {
    return content.materialize().concatMap(this::take, 0).then(Mono.defer(this::finish));
  }

  private Mono<Void> take(Signal<ByteBuffer> signal) {
    Throwable failure = signal.getThrowable();
    if (failure != null) {
      return Mono.error(AzureErrors.ofContent(failure, file));
    }
    ByteBuffer buffer = signal.get();
    return buffer == null ? Mono.empty() : take(buffer);
  }

  private Mono<Void> take(ByteBuffer buffer) {
    received += buffer.remaining();
    if (received > options.size().orElse(Long.MAX_VALUE)) {
      options.checkSize(received);
    }
    return Mono.defer(() -> fill(buffer)).repeat(buffer::hasRemaining).then();
  }

  private Mono<Void> fill(ByteBuffer buffer) {
    block.fill(buffer);
    return block.isFull() ? stage() : Mono.empty();
  }

  private Mono<Long> finish() {
    options.checkSize(received);
    if (staged.isEmpty()) {
      return put(block).thenReturn(received);
    }
    return (block.size() == 0 ? Mono.<Void>empty() : stage())
        .then(Mono.defer(this::commit))
        .thenReturn(received);
  }

  private Mono<Void> put(Block whole) {
    return Call.write("PutBlob", file)
        .run(
            container,
            () ->
                blob.uploadWithResponse(
                    new BlockBlobSimpleUploadOptions(whole.content())
                        .setHeaders(headers())
                        .setRequestConditions(conditions())))
        .doOnSuccess(done -> whole.release())
        .then();
  }

  /** A block changes nothing that can be read, so a lost reply leaves no doubt. */
  private Mono<Void> stage() {
    String id = newId();
    Block full = block;
    return Call.read("PutBlock", file)
        .run(
            container,
            () -> blob.stageBlockWithResponse(new BlockBlobStageBlockOptions(id, full.content())))
        .doOnSuccess(
            done -> {
              full.release();
              staged.add(id);
              block = new Block(nextBlockBytes());
            })
        .then();
  }

  private Mono<Void> commit() {
    return Call.write("PutBlockList", file)
        .run(
            container,
            () ->
                blob.commitBlockListWithResponse(
                    new BlockBlobCommitBlockListOptions(staged)
                        .setHeaders(headers())
                        .setRequestConditions(conditions())))
        .then();
  }

  private long nextBlockBytes() {
    long needed =
        options.size().isPresent()
            ? (options.size().getAsLong() + BLOCKS - 1) / BLOCKS
            : received / PART;
    return Math.max(BLOCK_BYTES, needed);
  }

  private BlobHttpHeaders headers() {
    BlobHttpHeaders headers = new BlobHttpHeaders().setContentType(options.mime());
    options.disposition().ifPresent(headers::setContentDisposition);
    return headers;
  }

  private BlobRequestConditions conditions() {
    BlobRequestConditions conditions = new BlobRequestConditions();
    return options.existing() == Existing.KEEP ? conditions.setIfNoneMatch("*") : conditions;
  }

  /**
   * No two uploads have blocks of the same id. It is as long as those that the SDK makes: Azure
   * wants the ids of all blocks of a blob to have one length, also of those that were left behind.
   */
  private static String newId() {
    return Base64.getEncoder()
        .encodeToString(CoreUtils.randomUuid().toString().getBytes(StandardCharsets.UTF_8));
  }
}
