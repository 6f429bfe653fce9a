package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.Attribute;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What is stored, entities as JSON. To be touched within {@link #run} only. */
final class Tables {
  final Map<UserId, JsonObject> users = new HashMap<>();

  /** Only partitions that hold something. */
  final Map<ThreadId, Partition> partitions = new HashMap<>();

  private final Clock clock;

  Tables(Clock clock) {
    this.clock = clock;
  }

  /** Does the work while nobody else does any; what it throws fails the stage. */
  synchronized <T> CompletionStage<T> run(Supplier<T> work) {
    try {
      return CompletableFuture.completedStage(work.get());
    } catch (DataLayerException error) {
      return CompletableFuture.failedStage(error);
    }
  }

  /** The thread of a partition, if there is one and its time is not over. */
  Optional<JsonObject> live(Partition partition) {
    return partition.thread.filter(thread -> !isExpired(thread));
  }

  boolean isExpired(JsonObject thread) {
    return ThreadAttributes.SCHEMA.fromStored(thread).isExpired(clock.instant());
  }

  Timestamp now() {
    return Timestamp.of(clock.instant());
  }

  /** The partition of a thread, which is empty when nothing is stored there. */
  Partition partition(ThreadId thread) {
    return partitions.getOrDefault(thread, new Partition());
  }

  /** The entity as it is to be stored, written over what is stored. */
  static <E> JsonObject merge(EntitySchema<E, ?> schema, JsonObject stored, E written) {
    schema.check(written);
    return schema.merge(stored, schema.toJson(written));
  }

  /** The entity with the time in one of its attributes. */
  JsonObject stamp(JsonObject entity, Attribute<?, ?, Timestamp> attribute) {
    return entity.with(attribute.name(), attribute.type().write(now()));
  }

  /** The entity with the time in one of its attributes, if that says nothing. */
  JsonObject stampIfAbsent(JsonObject entity, Attribute<?, ?, Timestamp> attribute) {
    return entity.get(attribute.name()).filter(it -> !it.isEmpty()).isPresent()
        ? entity
        : stamp(entity, attribute);
  }
}
