package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Checkup;
import dev.threadkeep.application.Checkup.Phase;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import java.util.Optional;
import java.util.Properties;

/** How far a check-up has come, as its state file has it. */
final class DoctorState {
  private final StateFile file;

  DoctorState(StateFile file) {
    this.file = file;
  }

  /**
   * Where to go on; the beginning where nothing is kept.
   *
   * @throws DataLayerException when the file is none of these
   */
  Checkup read() {
    return file.read(DoctorState::checkup).orElseGet(Checkup::beginning);
  }

  /** Keeps a point, all of it or nothing. */
  void write(Checkup reached) {
    Properties kept = new Properties();
    kept.setProperty("phase", reached.phase().name());
    reached.after().ifPresent(cursor -> kept.setProperty("after", cursor.value()));
    kept.setProperty("threads", Long.toString(reached.threads()));
    kept.setProperty("items", Long.toString(reached.items()));
    kept.setProperty("files", Long.toString(reached.files()));
    file.write(kept);
  }

  private static Checkup checkup(Properties kept) {
    return new Checkup(
        Phase.valueOf(kept.getProperty("phase", "")),
        Optional.ofNullable(kept.getProperty("after")).map(Cursor::of),
        Long.parseLong(kept.getProperty("threads", "")),
        Long.parseLong(kept.getProperty("items", "")),
        Long.parseLong(kept.getProperty("files", "")));
  }
}
