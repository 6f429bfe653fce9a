package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The values of steps that are too large for the table, in a blob store. */
final class LargeValues {
  /** What a step says of values of which only the preview could be read. */
  static final String ERROR = "contentError";

  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.dynamodb");

  /** Files that one read gets at the same time. */
  private static final int AT_A_TIME = 8;

  private final Optional<BlobStore> store;
  private final BlobKeys keys;
  private final Names names;

  /** How the file of a value is called. */
  @FunctionalInterface
  interface Names {
    String of(JsonValue value);
  }

  /**
   * The values in a store, if there is one.
   *
   * @param names gives another name each time
   */
  LargeValues(Optional<BlobStore> store, BlobKeys keys, Supplier<String> names) {
    this(store, keys, (Names) value -> names.get());
  }

  LargeValues(Optional<BlobStore> store, BlobKeys keys, Names names) {
    this.store = store;
    this.keys = keys;
    this.names = names;
  }

  /** Whether there is a store that takes large values. */
  boolean hasStore() {
    return store.isPresent();
  }

  /** Stores a value under a key of its own. */
  CompletionStage<Pointer> upload(ThreadId thread, JsonValue value) {
    byte[] bytes = bytes(value);
    boolean isText = value instanceof JsonValue.Text;
    BlobKey key = keys.ofStep(thread, names.of(value));
    return store
        .orElseThrow()
        .upload(
            key,
            ByteBuffer.wrap(bytes),
            UploadOptions.of(isText ? "text/plain; charset=utf-8" : "application/json"))
        .thenApply(size -> new Pointer(key, size, Preview.hash(Preview.of(value))));
  }

  /**
   * A stored step with its large values in the place of their previews, and without its pointers.
   * Of what is lost the preview stays. Fails when the store cannot be asked.
   */
  CompletionStage<JsonObject> restore(JsonObject stored) {
    return fill(stored, this::read).thenApply(whole -> whole.without(ERROR));
  }

  /**
   * A step as it was read, with its large values in the place of their previews. It never fails:
   * where the whole cannot be read the preview stays, and the step says so.
   */
  CompletionStage<Step> complete(Step read) {
    return read.other().get(Pointer.ATTRIBUTE).isEmpty()
        ? CompletableFuture.completedStage(read)
        : fill(StepAttributes.SCHEMA.toJson(read).without(ERROR), this::readIfPossible)
            .thenApply(StepAttributes.SCHEMA::fromStored);
  }

  /** {@link #complete(Step)} for each, in the same order, so many at a time. */
  CompletionStage<List<Step>> complete(List<Step> steps) {
    return steps.stream().noneMatch(step -> step.other().get(Pointer.ATTRIBUTE).isPresent())
        ? CompletableFuture.completedStage(steps)
        : Stages.each(steps, AT_A_TIME, this::complete);
  }

  /** What {@link #complete(List)} would read. */
  long bytesOf(List<Step> steps) {
    return steps.stream()
        .flatMap(step -> Pointer.allOf(step.other()).values().stream())
        .mapToLong(Pointer::bytes)
        .sum();
  }

  /**
   * Removes files that no step points to any more. What cannot be removed is logged: a check-up of
   * the store finds it.
   */
  CompletionStage<Void> delete(Collection<BlobKey> unused) {
    if (unused.isEmpty() || store.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    return store
        .get()
        .deleteAll(List.copyOf(unused))
        .thenAccept(
            results ->
                results.forEach(
                    result ->
                        result
                            .error()
                            .ifPresent(
                                error -> log.warn("file {} is left behind", result.id(), error))))
        .exceptionally(
            failure -> {
              log.warn("{} files are left behind", unused.size(), failure);
              return null;
            });
  }

  private static CompletionStage<JsonObject> fill(
      JsonObject stored, Function<Pointer, CompletionStage<Optional<JsonValue>>> reader) {
    List<Map.Entry<String, Pointer>> pointers = List.copyOf(Pointer.validOf(stored).entrySet());
    return Stages.each(pointers, AT_A_TIME, pointer -> reader.apply(pointer.getValue()))
        .thenApply(
            values -> {
              JsonObject whole = stored.without(Pointer.ATTRIBUTE);
              for (int i = 0; i < pointers.size(); i++) {
                whole = replace(whole, pointers.get(i), values.get(i));
              }
              return whole;
            });
  }

  private CompletionStage<Optional<JsonValue>> read(Pointer pointer) {
    BlobStore files =
        store.orElseThrow(
            () ->
                new DataLayerException(
                    ErrorCode.UNAVAILABLE,
                    "file " + pointer.key() + " is needed, and no blob store is configured"));
    return files
        .read(pointer.key(), ByteRange.ALL)
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedStage(Optional.empty())
                    : BytesOf.all(found.get().bytes())
                        .thenApply(bytes -> Optional.of(value(bytes, found.get().info().mime()))));
  }

  private CompletionStage<Optional<JsonValue>> readIfPossible(Pointer pointer) {
    return Stages.begin(() -> read(pointer))
        .exceptionally(
            failure -> {
              log.warn("file {} of a step cannot be read", pointer.key(), failure);
              return Optional.empty();
            });
  }

  private static JsonObject replace(
      JsonObject step, Map.Entry<String, Pointer> pointer, Optional<JsonValue> value) {
    String name = pointer.getKey();
    return value
        .map(whole -> step.with(name, whole))
        .orElseGet(
            () -> step.with(ERROR, JsonValue.of(error(step, name, pointer.getValue().bytes()))));
  }

  private static String error(JsonObject step, String name, long bytes) {
    String message = name + ": only a preview can be read of " + bytes + " bytes";
    return step.get(ERROR).orElse(JsonValue.Null.NULL) instanceof JsonValue.Text before
        ? before.value() + "; " + message
        : message;
  }

  private static byte[] bytes(JsonValue value) {
    String text = value instanceof JsonValue.Text plain ? plain.value() : JsonText.write(value);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static JsonValue value(byte[] bytes, String mime) {
    return mime.startsWith("text/")
        ? JsonValue.of(new String(bytes, StandardCharsets.UTF_8))
        : JsonText.parse(new String(bytes, StandardCharsets.UTF_8));
  }
}
