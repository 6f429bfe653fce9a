package dev.threadkeep.application;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a check-up may do about its findings.
 *
 * @param measures without any, it only reports
 * @param grace what is younger than this is left alone: somebody may be at work on it
 */
public record Treatment(Set<Measure> measures, Duration grace) {
  /** How long things are left alone unless told otherwise. */
  public static final Duration GRACE = Duration.ofDays(1);

  public Treatment {
    measures = Set.copyOf(measures);
  }

  /** Something that is only done when asked for. */
  public enum Measure {
    /** Mends what is stored in the table. */
    REPAIR,
    /** Removes files of threads that are in the table, to which nothing refers. */
    DELETE_FILES
  }

  /** Reports, and leaves everything as it is. */
  public static Treatment none() {
    return new Treatment(EnumSet.noneOf(Measure.class), GRACE);
  }

  /** Why something of this age is to be left alone; empty when it is not. */
  String reasonToSpare(Optional<Instant> time, Instant now) {
    if (grace.isZero()) {
      return "";
    } else if (time.isEmpty()) {
      return "nothing tells its age";
    }
    return time.get().isAfter(now.minus(grace)) ? "it is younger than the grace period" : "";
  }
}
