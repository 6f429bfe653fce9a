package dev.threadkeep.s3;

import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.port.BlobStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Lists a bucket, page by page. */
final class Listing {
  private final Bucket bucket;

  Listing(Bucket bucket) {
    this.bucket = bucket;
  }

  /** The page after a cursor. */
  CompletionStage<Page<BlobEntry>> page(String prefix, Optional<Cursor> after) {
    String last = after.map(cursor -> Cursors.lastKey(cursor, prefix)).orElse("");
    return Keys.isText(prefix)
        ? page(prefix, last, null)
        : CompletableFuture.completedStage(Page.of(List.of(), Optional.empty()));
  }

  /** An answer without files has no last key, so it is no page, and the next one is asked for. */
  private CompletionStage<Page<BlobEntry>> page(
      String prefix, String after, @Nullable String token) {
    return bucket
        .list(prefix, after, token, BlobStore.PAGE)
        .thenCompose(
            answer ->
                answer.contents().isEmpty() && isCut(answer)
                    ? page(prefix, after, answer.nextContinuationToken())
                    : CompletableFuture.completedStage(page(answer)));
  }

  private static Page<BlobEntry> page(ListObjectsV2Response answer) {
    List<BlobEntry> entries =
        answer.contents().stream()
            .map(file -> new BlobEntry(BlobKey.of(file.key()), file.size(), file.lastModified()))
            .toList();
    return Page.of(
        entries,
        isCut(answer)
            ? Optional.of(Cursors.of(entries.get(entries.size() - 1).key().value()))
            : Optional.empty());
  }

  private static boolean isCut(ListObjectsV2Response answer) {
    return Boolean.TRUE.equals(answer.isTruncated());
  }
}
