package dev.threadkeep.domain.contract;

import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import java.util.UUID;

/** Ids that nothing else has. */
public final class Fresh {
  private Fresh() {}

  /** A text of twelve letters and digits. */
  public static String text() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 12);
  }

  public static UserId user() {
    return UserId.of("user-" + text());
  }

  public static ThreadId thread() {
    return ThreadId.of("thread-" + text());
  }

  public static StepId step() {
    return StepId.of("step-" + text());
  }

  public static ElementId element() {
    return ElementId.of("element-" + text());
  }
}
