package dev.threadkeep.domain;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * One thing that happened in a thread: a message, or a run, a tool call, a model call and the like.
 */
@DomainStyle
@Value.Immutable
public interface Step {
  /** The member of {@link #metadata} that makes a step a favourite. */
  String FAVORITE = "favorite";

  StepId id();

  ThreadId threadId();

  /** The step that this one is part of. */
  Optional<StepId> parentId();

  /** Who made it: the author of a message, the name of a tool. */
  Optional<String> name();

  Optional<StepType> type();

  Optional<String> command();

  Optional<JsonObject> modes();

  Optional<Boolean> streaming();

  Optional<Boolean> waitForAnswer();

  Optional<Boolean> isError();

  /**
   * Free data about the step; writes merge its top-level members. A favourite has {@code favorite}
   * = true.
   */
  Optional<JsonObject> metadata();

  Optional<List<String>> tags();

  Optional<String> input();

  /** The text of a message, the result of another step. */
  Optional<String> output();

  /** When the step was made; set by the store where absent, and never rewritten. */
  Optional<Timestamp> createdAt();

  Optional<Timestamp> start();

  Optional<Timestamp> end();

  /** What the language model was asked and how, for a step that called one. */
  Optional<JsonObject> generation();

  /** Whether to show the input: true, false, or the language to show it in. */
  Optional<JsonValue> showInput();

  Optional<Boolean> defaultOpen();

  Optional<Boolean> autoCollapse();

  Optional<String> language();

  Optional<String> icon();

  /** Written through {@link dev.threadkeep.domain.port.FeedbackRepository} alone. */
  Optional<Feedback> feedback();

  /** Whether it is one of its user's favourites: {@code metadata.favorite} is true. */
  default boolean isFavorite() {
    return metadata()
        .flatMap(metadata -> metadata.get(FAVORITE))
        .equals(Optional.of(JsonValue.of(true)));
  }

  /** What is stored but fits none of the attributes above; see {@link EntitySchema}. */
  @Value.Default
  default JsonObject other() {
    return JsonObject.empty();
  }

  static Builder builder() {
    return new Builder();
  }

  /**
   * What a person wrote, as Chainlit stores it: {@code user_message} with the text as its output.
   */
  static Step userMessage(ThreadId thread, StepId id, String text) {
    return builder().threadId(thread).id(id).type(StepType.USER_MESSAGE).output(text).build();
  }

  /** What the assistant answered: {@code assistant_message} with the text as its output. */
  static Step assistantMessage(ThreadId thread, StepId id, String text) {
    return builder().threadId(thread).id(id).type(StepType.ASSISTANT_MESSAGE).output(text).build();
  }

  /** Collects the attributes of a {@link Step}. */
  final class Builder extends ImmutableStep.Builder {}
}
