package dev.threadkeep.domain;

import dev.threadkeep.domain.json.JsonObject;
import java.util.Optional;
import org.immutables.value.Value;

/** What a person thinks of a step. A step has at most one. */
@DomainStyle
@Value.Immutable
public interface Feedback {
  ThreadId threadId();

  /** The step that is meant; {@code forId} in JSON. */
  StepId stepId();

  /** 0 is thumbs down, 1 is thumbs up. */
  int value();

  Optional<String> comment();

  /** What is stored but fits none of the attributes above; see {@link EntitySchema}. */
  @Value.Default
  default JsonObject other() {
    return JsonObject.empty();
  }

  /** The id by which it is deleted. */
  default FeedbackId id() {
    return FeedbackId.of(threadId(), stepId());
  }

  static Builder builder() {
    return new Builder();
  }

  /** Collects the attributes of a {@link Feedback}. */
  final class Builder extends ImmutableFeedback.Builder {}
}
