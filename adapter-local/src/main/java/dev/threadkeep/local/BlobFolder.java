package dev.threadkeep.local;

import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.UploadOptions.Existing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder itself: where the file of a key is, and how one comes there and goes. A file is called
 * after the SHA-256 of its key, so that no key leads anywhere else and no two keys meet. It comes
 * to its place whole and synced, by a rename. All of it blocks.
 */
final class BlobFolder {
  /** A draft that nobody has written to for so long was left by a process that ended. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.local");

  private final Path folder;
  private final Path drafts;
  private final Object places = new Object();

  private BlobFolder(Path folder) {
    this.folder = folder;
    this.drafts = folder.resolve("drafts");
  }

  /** Makes the folder where it is missing, and removes what interrupted uploads left in it. */
  static BlobFolder open(Path folder, Instant now) throws IOException {
    BlobFolder opened = new BlobFolder(folder);
    PrivateFiles.createFolder(opened.drafts);
    opened.removeAbandoned(now.minus(ABANDONED));
    return opened;
  }

  /** A new file beside the others, which nobody finds until it is committed. */
  BlobDraft draft(BlobKey key, UploadOptions options) throws IOException {
    return new BlobDraft(drafts, BlobFile.header(key, options));
  }

  /** Moves a draft to its place; the lock keeps two that may not replace each other apart. */
  long commit(BlobDraft draft, BlobKey key, UploadOptions options) throws IOException {
    long size = draft.finish();
    options.checkSize(size);
    Path place = place(key);
    PrivateFiles.createFolder(place.resolveSibling("")); // the folder that the place is in
    synchronized (places) {
      if (options.existing() == Existing.KEEP && Files.exists(place)) {
        throw new DataLayerException(ErrorCode.ALREADY_EXISTS, "file " + key + " already exists");
      }
      draft.moveTo(place);
    }
    PrivateFiles.syncName(place);
    return size;
  }

  /** Nothing when there is no such file. */
  Optional<BlobFile> open(BlobKey key) throws IOException {
    return isStorable(key) ? BlobFile.open(place(key)) : Optional.empty();
  }

  Page<BlobEntry> list(String prefix, Optional<Cursor> after) throws IOException {
    return new BlobListing(folder).page(prefix, after);
  }

  void remove(BlobKey key) throws IOException {
    if (isStorable(key) && Files.deleteIfExists(place(key))) {
      PrivateFiles.syncName(place(key));
    }
  }

  /** Names are made of Unicode; what is none would take the place of what has a "?" there. */
  private static boolean isStorable(BlobKey key) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(key.value());
  }

  private Path place(BlobKey key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.value().getBytes(StandardCharsets.UTF_8));
      String name = HexFormat.of().formatHex(hash);
      return folder.resolve(name.substring(0, 2)).resolve(name);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has this algorithm
    }
  }

  void removeAbandoned(Instant before) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(drafts)) {
      for (Path draft : left) {
        if (Files.getLastModifiedTime(draft).toInstant().isBefore(before)) {
          Files.delete(draft);
          log.info("{} was left by an interrupted upload and is removed", draft);
        }
      }
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
