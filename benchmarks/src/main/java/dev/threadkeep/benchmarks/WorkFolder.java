package dev.threadkeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where servers and stores keep their data and say what they have to say, until the next run. */
public final class WorkFolder {
  private static final Path ROOT = Path.of("target", "work").toAbsolutePath();

  private WorkFolder() {}

  /** Removes what the last run left. */
  static void clear() throws IOException {
    if (Files.exists(ROOT)) {
      try (Stream<Path> all = Files.walk(ROOT)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(ROOT);
  }

  /** A fresh folder, whose name begins so. */
  public static Path create(String prefix) throws IOException {
    return Files.createTempDirectory(ROOT, prefix);
  }
}
