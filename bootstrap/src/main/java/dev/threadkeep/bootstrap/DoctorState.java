package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Checkup;
import dev.threadkeep.application.Checkup.Phase;
import dev.threadkeep.application.Finding.Kind;
import dev.threadkeep.application.Finding.Outcome;
import dev.threadkeep.application.Treatment.Measure;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a check-up has come, of what, with which measures, and what it has found, as its state
 * file has it.
 */
final class DoctorState {
  private final StateFile file;
  private final String place;
  private final String measures;
  private final FindingCounts counts;

  /**
   * @param counts what has been found at each point that is kept; what is kept is added to it
   */
  DoctorState(StateFile file, Settings settings, Set<Measure> measures, FindingCounts counts) {
    this.file = file;
    this.place = Place.of(settings);
    this.measures = measures.stream().map(Enum::name).sorted().collect(Collectors.joining(","));
    this.counts = counts;
  }

  /**
   * Where to go on; the beginning where nothing is kept.
   *
   * @throws DataLayerException when the file is none of these, or of another check-up
   */
  Checkup read() {
    return file.read(this::checkup).orElseGet(Checkup::beginning);
  }

  /** Keeps a point, all of it or nothing. */
  void write(Checkup reached) {
    Properties kept = new Properties();
    kept.setProperty("place", place);
    kept.setProperty("measures", measures);
    kept.setProperty("phase", reached.phase().name());
    reached.after().ifPresent(cursor -> kept.setProperty("after", cursor.value()));
    kept.setProperty("threads", Long.toString(reached.threads()));
    kept.setProperty("items", Long.toString(reached.items()));
    kept.setProperty("files", Long.toString(reached.files()));
    counts
        .byKind()
        .forEach(
            (kind, outcomes) ->
                outcomes.forEach(
                    (outcome, count) ->
                        kept.setProperty(found(kind, outcome), Long.toString(count))));
    file.write(kept);
  }

  private Checkup checkup(Properties kept) {
    if (!place.equals(kept.getProperty("place"))
        || !measures.equals(kept.getProperty("measures"))) {
      throw new IllegalArgumentException("another check-up");
    }
    Checkup reached =
        new Checkup(
            Phase.valueOf(kept.getProperty("phase", "")),
            Optional.ofNullable(kept.getProperty("after")).map(Cursor::of),
            number(kept, "threads"),
            number(kept, "items"),
            number(kept, "files"));
    addCounts(kept);
    return reached;
  }

  private void addCounts(Properties kept) {
    for (Kind kind : Kind.values()) {
      for (Outcome outcome : Outcome.values()) {
        String name = found(kind, outcome);
        if (kept.getProperty(name) != null) {
          counts.add(kind, outcome, number(kept, name));
        }
      }
    }
  }

  private static String found(Kind kind, Outcome outcome) {
    return "found." + kind.name() + "." + outcome.name();
  }

  private static long number(Properties kept, String name) {
    return Long.parseLong(kept.getProperty(name, ""));
  }
}
