package dev.threadkeep.domain;

import dev.threadkeep.domain.Attribute.Access;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** The attributes of a {@link Feedback}, which is itself an attribute of its step. */
public final class FeedbackAttributes {
  public static final Attribute<Feedback, Feedback.Builder, FeedbackId> ID =
      new Attribute<>(
          "id",
          AttributeType.named(FeedbackId::of, FeedbackId::value),
          Access.IDENTITY,
          feedback -> Optional.of(feedback.id()),
          (feedback, followsFromTheOthers) -> {});
  public static final Attribute<Feedback, Feedback.Builder, StepId> FOR_ID =
      Attribute.required(
          "forId",
          AttributeType.id(StepId::of, StepId::value),
          Access.IDENTITY,
          Feedback::stepId,
          Feedback.Builder::stepId);
  public static final Attribute<Feedback, Feedback.Builder, ThreadId> THREAD_ID =
      Attribute.required(
          "threadId",
          AttributeType.id(ThreadId::of, ThreadId::value),
          Access.IDENTITY,
          Feedback::threadId,
          Feedback.Builder::threadId);
  public static final Attribute<Feedback, Feedback.Builder, Long> VALUE =
      Attribute.required(
          "value",
          AttributeType.RATING,
          Access.OPEN,
          feedback -> (long) feedback.value(),
          (feedback, value) -> feedback.value(value.intValue()));
  public static final Attribute<Feedback, Feedback.Builder, String> COMMENT =
      new Attribute<>(
          "comment",
          AttributeType.COMMENT,
          Access.OPEN,
          Feedback::comment,
          Feedback.Builder::comment);

  /** All of them, and the rules of writing them. */
  public static final EntitySchema<Feedback, Feedback.Builder> SCHEMA =
      new EntitySchema<>(
          "feedback",
          Feedback::builder,
          Feedback.Builder::build,
          Feedback::other,
          Feedback.Builder::other,
          List.of(ID, FOR_ID, THREAD_ID, VALUE, COMMENT),
          1);

  /** A feedback within its step. One that cannot be understood is no feedback. */
  static final AttributeType<Feedback> TYPE =
      new AttributeType<>(
          "a feedback",
          SCHEMA::toJson,
          FeedbackAttributes::read,
          (path, feedback) -> SCHEMA.check(feedback));

  private FeedbackAttributes() {}

  private static Optional<Feedback> read(JsonValue json) {
    try {
      return json instanceof JsonObject object
          ? Optional.of(SCHEMA.fromStored(object))
          : Optional.empty();
    } catch (DataLayerException incomplete) {
      return Optional.empty();
    }
  }
}
