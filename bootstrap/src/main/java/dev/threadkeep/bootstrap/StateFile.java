package dev.threadkeep.bootstrap;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/** How far some long work has come, in a properties file, if there is to be one. */
final class StateFile {
  private final Optional<Path> file;
  private final String work;

  /**
   * @param work what it is about, as {@code a check-up}
   */
  StateFile(Optional<Path> file, String work) {
    this.file = file;
    this.work = work;
  }

  /**
   * What is kept; nothing where nothing is.
   *
   * @param reader throws an {@link IllegalArgumentException} for what it does not understand
   * @throws DataLayerException when the file cannot be understood
   */
  <T> Optional<T> read(Function<Properties, T> reader) {
    if (file.isEmpty() || Files.notExists(file.get())) {
      return Optional.empty();
    }
    Properties kept = new Properties();
    try (Reader text = Files.newBufferedReader(file.get())) {
      kept.load(text);
      return Optional.of(reader.apply(kept));
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new DataLayerException(
          ErrorCode.INVALID,
          file.get() + " does not tell how far " + work + " has come; remove it to begin anew",
          unreadable);
    }
  }

  /** Keeps a point, all of it or nothing. */
  void write(Properties kept) {
    if (file.isEmpty()) {
      return;
    }
    try {
      StringWriter text = new StringWriter();
      kept.store(text, "how far " + work + " of Threadkeep has come");
      Path draft = file.get().resolveSibling(file.get().getFileName() + ".new");
      Files.writeString(draft, text.toString());
      Files.move(draft, file.get(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw cannotWrite(failure);
    }
  }

  /** Forgets it: the work is done. */
  void remove() {
    try {
      if (file.isPresent()) {
        Files.deleteIfExists(file.get());
      }
    } catch (IOException failure) {
      throw cannotWrite(failure);
    }
  }

  private DataLayerException cannotWrite(IOException failure) {
    return new DataLayerException(
        ErrorCode.UNAVAILABLE, file.orElseThrow() + " cannot be written: " + failure, failure);
  }
}
