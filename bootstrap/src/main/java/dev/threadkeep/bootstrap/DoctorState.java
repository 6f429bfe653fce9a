package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Checkup;
import dev.threadkeep.application.Checkup.Phase;
import dev.threadkeep.domain.Cursor;
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

/** How far a check-up has come, in a properties file, if there is to be one. */
final class DoctorState {
  private final Optional<Path> file;

  DoctorState(Optional<Path> file) {
    this.file = file;
  }

  /**
   * Where to go on; the beginning where nothing is kept.
   *
   * @throws DataLayerException when the file is none of these
   */
  Checkup read() {
    if (file.isEmpty() || Files.notExists(file.get())) {
      return Checkup.beginning();
    }
    Properties kept = new Properties();
    try (Reader text = Files.newBufferedReader(file.get())) {
      kept.load(text);
      return new Checkup(
          Phase.valueOf(kept.getProperty("phase", "")),
          Optional.ofNullable(kept.getProperty("after")).map(Cursor::of),
          Long.parseLong(kept.getProperty("threads", "")),
          Long.parseLong(kept.getProperty("items", "")),
          Long.parseLong(kept.getProperty("files", "")));
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new DataLayerException(
          ErrorCode.INVALID,
          file.get() + " does not tell how far a check-up has come; remove it to begin anew",
          unreadable);
    }
  }

  /** Keeps a point, all of it or nothing. */
  void write(Checkup reached) {
    if (file.isEmpty()) {
      return;
    }
    Properties kept = new Properties();
    kept.setProperty("phase", reached.phase().name());
    reached.after().ifPresent(cursor -> kept.setProperty("after", cursor.value()));
    kept.setProperty("threads", Long.toString(reached.threads()));
    kept.setProperty("items", Long.toString(reached.items()));
    kept.setProperty("files", Long.toString(reached.files()));
    try {
      StringWriter text = new StringWriter();
      kept.store(text, "how far a check-up of Threadkeep has come");
      Path draft = file.get().resolveSibling(file.get().getFileName() + ".new");
      Files.writeString(draft, text.toString());
      Files.move(draft, file.get(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw cannotWrite(failure);
    }
  }

  /** Forgets it: the check-up is over. */
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
