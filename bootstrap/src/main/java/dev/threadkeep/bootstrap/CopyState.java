package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Amounts;
import dev.threadkeep.application.CopyProgress;
import dev.threadkeep.application.CopyProgress.Phase;
import dev.threadkeep.application.CopyTally;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import java.util.Optional;
import java.util.Properties;

/** How far a copy has come, and from where to where, as its state file has it. */
final class CopyState {
  private final StateFile file;
  private final String way;

  CopyState(StateFile file, Settings from, Settings to) {
    this.file = file;
    this.way = Place.of(from) + " -> " + Place.of(to);
  }

  /**
   * Where to go on; the beginning where nothing is kept.
   *
   * @throws DataLayerException when the file is none of these, or of another copy
   */
  CopyProgress read() {
    return file.read(this::progress).orElseGet(CopyProgress::beginning);
  }

  /** Keeps a point, all of it or nothing. */
  void write(CopyProgress reached) {
    Properties kept = new Properties();
    kept.setProperty("copy", way);
    kept.setProperty("phase", reached.phase().name());
    reached.after().ifPresent(cursor -> kept.setProperty("after", cursor.value()));
    kept.setProperty("planned", Long.toString(reached.planned()));
    kept.setProperty("differences", Long.toString(reached.tally().differences()));
    put(kept, "source", reached.tally().source());
    put(kept, "copied", reached.tally().copied());
    put(kept, "target", reached.tally().target());
    file.write(kept);
  }

  private CopyProgress progress(Properties kept) {
    if (!way.equals(kept.getProperty("copy"))) {
      throw new IllegalArgumentException("another copy");
    }
    return new CopyProgress(
        Phase.valueOf(kept.getProperty("phase", "")),
        Optional.ofNullable(kept.getProperty("after")).map(Cursor::of),
        number(kept, "planned"),
        new CopyTally(
            amounts(kept, "source"),
            amounts(kept, "copied"),
            amounts(kept, "target"),
            number(kept, "differences")));
  }

  private static void put(Properties kept, String name, Amounts amounts) {
    kept.setProperty(name + ".users", Long.toString(amounts.users()));
    kept.setProperty(name + ".threads", Long.toString(amounts.threads()));
    kept.setProperty(name + ".steps", Long.toString(amounts.steps()));
    kept.setProperty(name + ".elements", Long.toString(amounts.elements()));
    kept.setProperty(name + ".files", Long.toString(amounts.files()));
    kept.setProperty(name + ".bytes", Long.toString(amounts.bytes()));
  }

  private static Amounts amounts(Properties kept, String name) {
    return new Amounts(
        number(kept, name + ".users"),
        number(kept, name + ".threads"),
        number(kept, name + ".steps"),
        number(kept, name + ".elements"),
        number(kept, name + ".files"),
        number(kept, name + ".bytes"));
  }

  private static long number(Properties kept, String name) {
    return Long.parseLong(kept.getProperty(name, ""));
  }
}
