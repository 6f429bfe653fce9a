package dev.threadkeep.local;

import dev.threadkeep.domain.Attribute;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.json.JsonObject;
import java.time.Clock;

/** Times that the store sets by itself. */
record Stamps(Clock clock) {
  /** The entity with this time; it is now, where the entity has none. */
  JsonObject ifAbsent(Attribute<?, ?, Timestamp> time, JsonObject entity) {
    boolean present = entity.get(time.name()).filter(it -> !it.isEmpty()).isPresent();
    return present ? entity : now(time, entity);
  }

  /** The entity with this time, which is now. */
  JsonObject now(Attribute<?, ?, Timestamp> time, JsonObject entity) {
    return entity.with(time.name(), time.type().write(Timestamp.of(clock.instant())));
  }
}
