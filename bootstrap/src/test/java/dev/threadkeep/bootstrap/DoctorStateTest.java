package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadkeep.application.Checkup;
import dev.threadkeep.application.Checkup.Phase;
import dev.threadkeep.application.Finding.Kind;
import dev.threadkeep.application.Finding.Outcome;
import dev.threadkeep.application.Treatment.Measure;
import dev.threadkeep.bootstrap.settings.SettingsReader;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is kept of a check-up, and for whom. */
class DoctorStateTest {
  private static final Checkup REACHED =
      new Checkup(Phase.ITEMS, Optional.of(Cursor.of("here")), 7, 8, 9);

  private final FindingCounts counts = new FindingCounts();

  @TempDir private Path folder;

  @Test
  void whatWasFoundShouldBeKeptWithThePoint() {
    FindingCounts before = new FindingCounts();
    before.add(Kind.LOST_FILE, Outcome.SPARED, 2);
    before.add(Kind.LOST_FILE, Outcome.MENDED, 1);
    before.add(Kind.UNKNOWN_FILE, Outcome.REPORTED, 5_000_000_000L);
    state("here", Set.of(Measure.REPAIR), before).write(REACHED);

    assertThat(state("here", Set.of(Measure.REPAIR), counts).read()).isEqualTo(REACHED);

    assertThat(counts.byKind()).isEqualTo(before.byKind());
    assertThat(counts.isAnythingLeft()).isTrue();
  }

  @Test
  void aStateOfAnotherCheckupShouldBeRefused() {
    state("here", Set.of(), counts).write(REACHED);

    for (DoctorState other :
        new DoctorState[] {
          state("elsewhere", Set.of(), counts),
          state("here", Set.of(Measure.REPAIR), counts),
          state("here", EnumSet.allOf(Measure.class), counts)
        }) {
      assertThatThrownBy(other::read)
          .isInstanceOf(DataLayerException.class)
          .hasMessageContaining("does not tell how far this check-up has come");
    }
    assertThat(state("here", Set.of(), counts).read()).isEqualTo(REACHED);
  }

  private DoctorState state(String place, Set<Measure> measures, FindingCounts found) {
    StateFile file =
        CommandLine.populateCommand(
            new StateFile("this check-up"), "--state", folder.resolve("state").toString());
    return new DoctorState(
        file,
        SettingsReader.read(Map.of("THREADKEEP_DATA_DIR", place), Optional.empty(), Set.of()),
        measures,
        found);
  }
}
