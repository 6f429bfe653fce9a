package dev.threadkeep.bootstrap;

import dev.threadkeep.bootstrap.settings.FilesKind;
import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.settings.SettingsException;
import dev.threadkeep.bootstrap.settings.SettingsReader;
import dev.threadkeep.bootstrap.settings.StoreKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a copy goes to. A folder of this machine is made when a store is opened there, and a
 * rehearsal writes nothing: where there is none yet, it works on an empty one that is gone in the
 * end.
 *
 * @param inItsPlace that empty folder
 */
record CopyTarget(Settings settings, Optional<Path> inItsPlace) implements AutoCloseable {
  /**
   * The target that a properties file describes, and nothing of the environment besides.
   *
   * @throws SettingsException with all that is wrong in the file
   */
  static CopyTarget of(Path file, boolean rehearsal) {
    Settings settings = read(file, Map.of());
    if (!rehearsal || !isLocal(settings) || !isEmpty(settings.get(Options.DATA_DIR))) {
      return new CopyTarget(settings, Optional.empty());
    }
    try {
      Path empty = Files.createTempDirectory("threadkeep-rehearsal");
      return new CopyTarget(
          read(file, Map.of(Options.DATA_DIR.name(), empty.toString())), Optional.of(empty));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    inItsPlace.ifPresent(CopyTarget::delete);
  }

  private static Settings read(Path file, Map<String, String> instead) {
    try {
      return SettingsReader.read(instead, Optional.of(file), Set.of());
    } catch (SettingsException wrong) {
      throw wrong.inOption("--to");
    }
  }

  private static boolean isLocal(Settings settings) {
    return settings.get(Options.STORE) == StoreKind.LOCAL
        || settings.get(Options.FILES) == FilesKind.LOCAL;
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
      return files.findAny().isEmpty();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path each : all) {
        Files.deleteIfExists(each);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
