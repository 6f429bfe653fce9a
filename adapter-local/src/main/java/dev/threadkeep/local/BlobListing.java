package dev.threadkeep.local;

import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.port.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists files by what their keys begin with: all have to be opened for that. */
final class BlobListing {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.local");
  private static final String LIST = "files";
  private static final Pattern PLACE = Pattern.compile("[0-9a-f]{2}");
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

  private final Path folder;

  BlobListing(Path folder) {
    this.folder = folder;
  }

  /** The next page after a cursor. A file that is damaged or removed meanwhile is passed over. */
  Page<BlobEntry> page(String prefix, Optional<Cursor> after) throws IOException {
    String last = after.isPresent() ? Cursors.key(LIST, 1, after.get()).get(0) : "";
    List<BlobEntry> found = new ArrayList<>();
    for (Path place : sorted(folder, PLACE)) {
      for (Path file :
          name(place).compareTo(last) < 0 && !last.startsWith(name(place))
              ? List.<Path>of()
              : sorted(place, NAME)) {
        if (name(file).compareTo(last) > 0) {
          entry(file).filter(it -> it.key().value().startsWith(prefix)).ifPresent(found::add);
          if (found.size() == BlobStore.PAGE) {
            return Page.of(found, Optional.of(Cursors.of(LIST, name(file))));
          }
        }
      }
    }
    return Page.of(found, Optional.empty());
  }

  private static List<Path> sorted(Path folder, Pattern names) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(it -> names.matcher(name(it)).matches()).sorted().toList();
    }
  }

  private static Optional<BlobEntry> entry(Path path) throws IOException {
    try {
      Optional<BlobFile> file = BlobFile.open(path);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      file.get().close();
      BlobInfo info = file.get().info();
      return Optional.of(new BlobEntry(info.key(), info.size(), info.modified()));
    } catch (DataLayerException damaged) {
      log.warn("{}", damaged.getMessage());
      return Optional.empty();
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
