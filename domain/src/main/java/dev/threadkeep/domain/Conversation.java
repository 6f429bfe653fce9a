package dev.threadkeep.domain;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A thread with all that belongs to it.
 *
 * @param steps brought into the order of their {@code createdAt}, ties by id; those without a time
 *     come last
 * @param elements brought into the order of their ids; ids are compared by their UTF-8 bytes
 * @param skipped how many stored items could not be understood, and are left out
 */
public record Conversation(
    ChatThread thread, List<Step> steps, List<Element> elements, int skipped) {
  public Conversation {
    steps = steps.stream().map(Dated::of).sorted(Dated.ORDER).map(Dated::step).toList();
    elements =
        elements.stream()
            .sorted(Comparator.comparing(it -> it.id().value(), Utf8Order.INSTANCE))
            .toList();
  }

  /** As Chainlit's {@code get_thread} gives it, {@code skipped} added where it is not zero. */
  public JsonObject toJson() {
    JsonObject json =
        ThreadAttributes.SCHEMA
            .toJson(thread)
            .with("steps", array(steps, StepAttributes.SCHEMA))
            .with("elements", array(elements, ElementAttributes.SCHEMA));
    return skipped == 0 ? json : json.with("skipped", JsonValue.of(skipped));
  }

  private static <E> JsonValue array(List<E> entities, EntitySchema<E, ?> schema) {
    return new JsonValue.Array(entities.stream().<JsonValue>map(schema::toJson).toList());
  }

  /** A step with its time, which is parsed once and not at each comparison. */
  private record Dated(Instant time, Step step) {
    static final Comparator<Dated> ORDER =
        Comparator.comparing(Dated::time)
            .thenComparing(it -> it.step().id().value(), Utf8Order.INSTANCE);

    static Dated of(Step step) {
      return new Dated(step.createdAt().flatMap(Timestamp::instant).orElse(Instant.MAX), step);
    }
  }
}
