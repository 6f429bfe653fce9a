package dev.threadkeep.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.port.BlobStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Lists files by what their keys begin with. */
final class Listing {
  private static final int CHECKSUM_DIGITS = 8;

  private final BlobContainerAsyncClient container;

  Listing(BlobContainerAsyncClient container) {
    this.container = container;
  }

  /** The next page after a cursor. */
  Mono<Page<BlobEntry>> page(String prefix, Optional<Cursor> after) {
    @Nullable String marker = after.map(cursor -> marker(prefix, cursor)).orElse(null);
    if (!BlobNames.isText(prefix)) {
      return Mono.just(Page.of(List.of(), Optional.empty()));
    }
    ListBlobsOptions options =
        new ListBlobsOptions()
            .setPrefix(BlobNames.prefix(prefix))
            .setMaxResultsPerPage(BlobStore.PAGE);
    return Call.read("ListBlobs", "files " + prefix)
        .run(
            container.getBlobContainerName(),
            () -> container.listBlobs(options, marker).byPage().next())
        .map(page -> page(prefix, page));
  }

  private static Page<BlobEntry> page(String prefix, PagedResponse<BlobItem> page) {
    return Page.of(
        page.getValue().stream()
            .map(Listing::entry)
            .filter(entry -> entry.key().value().startsWith(prefix))
            .toList(),
        Optional.ofNullable(page.getContinuationToken())
            .filter(marker -> !marker.isEmpty())
            .map(marker -> cursor(prefix, marker)));
  }

  private static BlobEntry entry(BlobItem item) {
    return new BlobEntry(
        BlobNames.key(item.getName()),
        item.getProperties().getContentLength(),
        item.getProperties().getLastModified().toInstant());
  }

  /** Azure's marker behind a checksum, so that Azure is not asked about any other text. */
  private static Cursor cursor(String prefix, String marker) {
    String text = checksum(prefix, marker) + marker;
    return Cursor.of(
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String marker(String prefix, Cursor cursor) {
    try {
      String text =
          new String(Base64.getUrlDecoder().decode(cursor.value()), StandardCharsets.UTF_8);
      if (text.length() > CHECKSUM_DIGITS) {
        String marker = text.substring(CHECKSUM_DIGITS);
        if (text.startsWith(checksum(prefix, marker))) {
          return marker;
        }
      }
      throw noCursor();
    } catch (IllegalArgumentException notEncoded) {
      throw noCursor();
    }
  }

  private static String checksum(String prefix, String marker) {
    CRC32 checksum = new CRC32();
    checksum.update((prefix + '\0' + marker).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  private static DataLayerException noCursor() {
    return DataLayerException.invalid("cursor", "is not one of this list");
  }
}
