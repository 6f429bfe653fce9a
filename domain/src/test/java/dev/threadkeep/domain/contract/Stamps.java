package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** Assertions about times that a store has set. */
final class Stamps {
  private Stamps() {}

  /** Asserts that the store set this time since that instant, in the form in which we write it. */
  static void assertStamped(Optional<Timestamp> stamp, Instant since, TestClock clock) {
    assertThat(stamp)
        .hasValueSatisfying(
            time -> {
              assertThat(time.text())
                  .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
              assertThat(time.instant().orElseThrow()).isBetween(since, clock.instant());
            });
  }
}
