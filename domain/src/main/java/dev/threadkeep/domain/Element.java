package dev.threadkeep.domain;

import dev.threadkeep.domain.json.JsonObject;
import java.util.Optional;
import org.immutables.value.Value;

/** Something shown beside a step's text: an image, a file, a chart and the like. */
@DomainStyle
@Value.Immutable
public interface Element {
  ElementId id();

  ThreadId threadId();

  Optional<ElementType> type();

  /**
   * An external address that the element was made with; the address of a stored file is signed at
   * each read and never stored.
   */
  Optional<String> url();

  Optional<String> chainlitKey();

  Optional<String> name();

  /** Where it is shown: {@code inline}, {@code side} or {@code page}. */
  Optional<String> display();

  /** Where its file is stored; absent for an element without a file. */
  Optional<BlobKey> objectKey();

  /** {@code small}, {@code medium} or {@code large}. */
  Optional<String> size();

  /** What a custom element shows. */
  Optional<JsonObject> props();

  /** The page at which a PDF opens. */
  Optional<Long> page();

  Optional<Boolean> autoPlay();

  Optional<JsonObject> playerConfig();

  Optional<String> language();

  /** The step that it belongs to; {@code forId} in JSON. */
  Optional<StepId> stepId();

  Optional<String> mime();

  /** What is stored but fits none of the attributes above; see {@link EntitySchema}. */
  @Value.Default
  default JsonObject other() {
    return JsonObject.empty();
  }

  static Builder builder() {
    return new Builder();
  }

  /** Collects the attributes of an {@link Element}. */
  final class Builder extends ImmutableElement.Builder {}
}
