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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How far some long work has come, in a properties file: the option {@code --state}, as a mixin.
 * Without it nothing is kept.
 */
final class StateFile {
  private final String work;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description =
          "keeps in this file how far it has come, goes on from there, and removes it at the end")
  private @Nullable Path file;

  /**
   * @param work what it is about, as {@code this copy}
   */
  StateFile(String work) {
    this.work = work;
  }

  /** Whether there is to be one. */
  boolean isGiven() {
    return file != null;
  }

  /**
   * What is kept; nothing where nothing is.
   *
   * @param reader throws an {@link IllegalArgumentException} for what it does not understand
   * @throws DataLayerException when the file cannot be understood
   */
  <T> Optional<T> read(Function<Properties, T> reader) {
    if (file == null || Files.notExists(file)) {
      return Optional.empty();
    }
    Properties kept = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      kept.load(text);
      return Optional.of(reader.apply(kept));
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new DataLayerException(
          ErrorCode.INVALID,
          file + " does not tell how far " + work + " has come; remove it to begin anew",
          unreadable);
    }
  }

  /** Keeps a point, all of it or nothing. */
  void write(Properties kept) {
    if (file == null) {
      return;
    }
    try {
      StringWriter text = new StringWriter();
      kept.store(text, "how far " + work + " of Threadkeep has come");
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(draft, text.toString());
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw cannotWrite(failure);
    }
  }

  /** Forgets it: the work is done. */
  void remove() {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw cannotWrite(failure);
    }
  }

  private DataLayerException cannotWrite(IOException failure) {
    return new DataLayerException(
        ErrorCode.UNAVAILABLE, file + " cannot be written: " + failure, failure);
  }
}
