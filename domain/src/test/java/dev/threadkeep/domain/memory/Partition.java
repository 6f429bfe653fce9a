package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadInventory.ElementFile;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.Utf8Order;
import dev.threadkeep.domain.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that is stored under the id of a thread. */
final class Partition {
  Optional<JsonObject> thread = Optional.empty();

  /** When the thread was last active: its place in the list. */
  Timestamp activity = new Timestamp("");

  /** The files of the thread, if its delete has begun. */
  final Set<BlobKey> filesLeft = new LinkedHashSet<>();

  /** By id. */
  final TreeMap<String, JsonObject> steps = new TreeMap<>(Utf8Order.INSTANCE);

  /** By id. */
  final TreeMap<String, JsonObject> elements = new TreeMap<>(Utf8Order.INSTANCE);

  /** By the id of a step with feedback: how active the thread was when that was given. */
  final Map<String, Timestamp> feedbackAt = new HashMap<>();

  /** Whether there was such a step. */
  boolean remove(StepId id) {
    feedbackAt.remove(id.value());
    return steps.remove(id.value()) != null;
  }

  /** Where the thread stands in the list of those with this feedback. */
  Optional<Timestamp> placeByFeedback(int value) {
    return steps.values().stream()
        .map(StepAttributes.SCHEMA::fromStored)
        .filter(step -> step.feedback().filter(it -> it.value() == value).isPresent())
        .map(step -> feedbackAt.get(step.id().value()))
        .max(Timestamp.ORDER);
  }

  /** The files that elements have, and those that the thread remembers. */
  List<BlobKey> files() {
    Set<BlobKey> files = new LinkedHashSet<>(filesLeft);
    elementFiles().forEach(it -> files.add(it.file()));
    return List.copyOf(files);
  }

  List<ElementFile> elementFiles() {
    return elements.values().stream()
        .map(ElementAttributes.SCHEMA::fromStored)
        .flatMap(it -> it.objectKey().map(key -> new ElementFile(it.id(), key)).stream())
        .toList();
  }

  /** What its steps and elements take, as text. */
  long length() {
    return Stream.of(steps, elements)
        .flatMap(bodies -> bodies.values().stream())
        .mapToLong(body -> body.toString().length())
        .sum();
  }

  int size() {
    return (thread.isPresent() ? 1 : 0) + steps.size() + elements.size();
  }
}
