package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.Utf8Order;
import dev.threadkeep.domain.json.JsonObject;
import java.util.Optional;
import java.util.TreeMap;

/** All that is stored under the id of a thread. */
final class Partition {
  Optional<JsonObject> thread = Optional.empty();

  /** When the thread was last active: its place in the list. */
  Timestamp activity = new Timestamp("");

  /** By id. */
  final TreeMap<String, JsonObject> steps = new TreeMap<>(Utf8Order.INSTANCE);

  /** By id. */
  final TreeMap<String, JsonObject> elements = new TreeMap<>(Utf8Order.INSTANCE);

  int size() {
    return (thread.isPresent() ? 1 : 0) + steps.size() + elements.size();
  }
}
