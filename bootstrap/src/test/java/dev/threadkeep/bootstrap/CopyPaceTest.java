package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.application.Amounts;
import dev.threadkeep.application.CopyProgress;
import dev.threadkeep.application.CopyProgress.Phase;
import dev.threadkeep.application.CopyTally;
import dev.threadkeep.domain.contract.TestClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CopyPaceTest {
  private final TestClock clock = new TestClock();
  private final StringWriter err = new StringWriter();
  private final CopyPace pace = new CopyPace(new ProgressLine(new PrintWriter(err, true), clock));

  @Test
  void itShouldTellRateAndTimeLeftOfWhatThisProcessDoes() {
    pace.tell(progress(Phase.THREADS, 1_000, 0)); // an earlier process did these
    clock.advance(Duration.ofSeconds(10));
    pace.tell(progress(Phase.THREADS, 1_500, 25_000_000));

    assertThat(err.toString())
        .isEqualTo(
            "threads, steps, elements and files: 1,500 of 200,000, 50/s, 2.5 MB/s of files,"
                + " 1:06:10 left\n");
  }

  @Test
  void itShouldTellSomethingEveryFewSeconds() {
    for (int i = 0; i < 12; i++) {
      clock.tick();
      pace.tell(progress(Phase.COUNT, 0, 0));
    }

    assertThat(err.toString()).isEqualTo("counting: 200,000\ncounting: 200,000\n");
  }

  @Test
  void whatDoesNotMoveShouldHaveNoEnd() {
    pace.tell(progress(Phase.THREADS, 0, 0));
    clock.advance(Duration.ofSeconds(5));
    pace.tell(progress(Phase.THREADS, 0, 0));

    assertThat(err.toString())
        .endsWith("0 of 200,000, 0/s, 0.0 MB/s of files, time left unknown\n");
  }

  private static CopyProgress progress(Phase phase, long steps, long bytes) {
    Amounts source = new Amounts(0, 0, steps, 0, 0, bytes);
    return new CopyProgress(
        phase, Optional.empty(), 200_000, new CopyTally(source, source, source, 0));
  }
}
