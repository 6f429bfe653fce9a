package dev.threadkeep.azure;

import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobServiceAsyncClient;
import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.port.BlobStore;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Mono;

/**
 * Files as block blobs in one container of Azure Blob Storage, which others may use at the same
 * time. A blob is called as its key is, but for backslashes and dots that end a part of a key:
 * Azure keeps neither, so they are written {@code %5C} and {@code %2E}. Keys with control
 * characters are refused, and for uploads those with nothing between two slashes; Azure itself
 * refuses more than 254 parts.
 *
 * <p>A stream of more than 1 MiB is uploaded in blocks, and takes that much memory, or a 50,000th
 * of an announced size if that is more. Blocks of an upload that failed are never seen, and Azure
 * removes them after a week. When two streams are uploaded under one key at a time, one may fail
 * with {@code CONFLICT}, because it lost its blocks to the other. When the reply to an upload that
 * keeps what is there gets lost and the client repeats it, it finds its own file and says {@code
 * ALREADY_EXISTS}.
 *
 * <p>It has no threads of its own, and may be used by many threads at once. Retries and timeouts
 * are the client's. A container that does not exist, or that the client may not use, is {@code
 * UNAVAILABLE}.
 */
public final class AzureBlobStore implements BlobStore {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.azure");

  private final BlobContainerAsyncClient container;
  private final Downloads downloads;
  private final Listing listing;
  private final Deletes deletes;
  private final Addresses addresses;

  private AzureBlobStore(Builder builder) {
    container = builder.container;
    downloads = new Downloads(container);
    listing = new Listing(container);
    deletes = new Deletes(container);
    addresses = builder.addresses();
    log.info(
        "Using container {} of Azure account {}",
        container.getBlobContainerName(),
        container.getAccountName());
  }

  /**
   * A store whose addresses are signed with the account's key and live for an hour.
   *
   * @param container built with the account's key or a connection string; stays the caller's: it is
   *     never closed here
   * @throws IllegalArgumentException when the client has no such key
   */
  public static AzureBlobStore of(BlobContainerAsyncClient container) {
    return builder(container).build();
  }

  /**
   * A store on a container. Its addresses are signed with the account's key, unless it is said
   * otherwise.
   *
   * @param container stays the caller's: it is never closed here
   */
  public static Builder builder(BlobContainerAsyncClient container) {
    return new Builder(container);
  }

  @Override
  public CompletionStage<Long> upload(BlobKey key, ByteBuffer content, UploadOptions options) {
    ByteBuffer unmoved = content.duplicate();
    return stage(() -> newUpload(key, options).store(unmoved));
  }

  @Override
  public CompletionStage<Long> upload(
      BlobKey key, Flow.Publisher<ByteBuffer> content, UploadOptions options) {
    return stage(() -> newUpload(key, options).store(JdkFlowAdapter.flowPublisherToFlux(content)));
  }

  @Override
  public CompletionStage<Optional<BlobInfo>> find(BlobKey key) {
    return found(key, () -> downloads.info(key));
  }

  @Override
  public CompletionStage<Optional<BlobContent>> read(BlobKey key, ByteRange range) {
    return found(key, () -> downloads.content(key, range));
  }

  /** Removes a file and its snapshots. */
  @Override
  public CompletionStage<Void> delete(BlobKey key) {
    return stage(() -> deletes.delete(key));
  }

  /** With a request for each 256 files; what that leaves is deleted file by file. */
  @Override
  public CompletionStage<List<WriteResult<BlobKey>>> deleteAll(List<BlobKey> keys) {
    return stage(() -> deletes.deleteAll(keys));
  }

  @Override
  public CompletionStage<Page<BlobEntry>> list(String prefix, Optional<Cursor> after) {
    return stage(() -> listing.page(prefix, after));
  }

  @Override
  public CompletionStage<URI> readUrl(BlobKey key) {
    return stage(
        () -> {
          BlobNames.check(key);
          return addresses.of(key);
        });
  }

  /** Does nothing: the store has opened nothing. */
  @Override
  public void close() {}

  private <T> CompletionStage<Optional<T>> found(BlobKey key, Supplier<Mono<T>> read) {
    return stage(
        () ->
            (BlobNames.isPossible(key) ? read.get() : Mono.<T>empty())
                .map(Optional::of)
                .onErrorResume(AzureErrors::isNotFound, absent -> Mono.empty())
                .defaultIfEmpty(Optional.empty()));
  }

  /** Begins at once, as stages do; arguments that are refused fail the stage. */
  private static <T> CompletionStage<T> stage(Supplier<Mono<T>> method) {
    return Mono.defer(method).toFuture();
  }

  private Upload newUpload(BlobKey key, UploadOptions options) {
    BlobNames.checkNew(key);
    return new Upload(
        container.getBlobAsyncClient(BlobNames.of(key)).getBlockBlobAsyncClient(),
        container.getBlobContainerName(),
        "file " + key,
        options);
  }

  /** What a store is made of. */
  public static final class Builder {
    private final BlobContainerAsyncClient container;
    private Duration urlLifetime = Duration.ofHours(1);
    private Clock clock = Clock.systemUTC();
    private @Nullable BlobServiceAsyncClient delegating;
    private @Nullable Addresses custom;

    private Builder(BlobContainerAsyncClient container) {
      this.container = container;
    }

    /**
     * Addresses are signed with a key that the service gives (a user delegation key), for clients
     * with a token instead of the account's key. It is fetched when first needed, and once a day.
     *
     * @param service built with a {@code TokenCredential} whose role may generate user delegation
     *     keys; stays the caller's
     */
    public Builder urlsByDelegation(BlobServiceAsyncClient service) {
      delegating = service;
      custom = null;
      return this;
    }

    /**
     * Addresses come from elsewhere, for clients that cannot sign, as with a SAS: that of the
     * client itself is never given to anybody.
     *
     * @param urls makes an address under which others read the file; does not block
     */
    public Builder urls(Function<BlobKey, URI> urls) {
      custom = key -> Mono.fromSupplier(() -> urls.apply(key));
      delegating = null;
      return this;
    }

    /**
     * How long addresses live that the store signs; an hour if not given.
     *
     * @param value at least a second; with delegation at most six days
     */
    public Builder urlLifetime(Duration value) {
      urlLifetime = value;
      return this;
    }

    /** Tells until when addresses live; the system's clock if not given. */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /**
     * The store; no request is made.
     *
     * @throws IllegalArgumentException when the client cannot sign and nothing else makes
     *     addresses, or when they would not live for a time that Azure allows
     */
    public AzureBlobStore build() {
      return new AzureBlobStore(this);
    }

    private Addresses addresses() {
      if (custom != null) {
        return custom;
      }
      SignedAddresses signed = new SignedAddresses(container, checkedLifetime(), clock);
      return delegating == null ? signed.byAccountKey() : signed.byDelegation(delegating);
    }

    private Duration checkedLifetime() {
      if (urlLifetime.toSeconds() < 1
          || (delegating != null && urlLifetime.compareTo(DelegationKey.LONGEST_LIFETIME) > 0)) {
        throw new IllegalArgumentException("addresses cannot live for " + urlLifetime);
      }
      return urlLifetime;
    }
  }
}
