package dev.threadkeep.domain;

import dev.threadkeep.domain.Attribute.Access;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The attributes of a {@link Step}. */
public final class StepAttributes {
  public static final Attribute<Step, Step.Builder, StepId> ID =
      Attribute.required(
          "id",
          AttributeType.id(StepId::of, StepId::value),
          Access.IDENTITY,
          Step::id,
          Step.Builder::id);
  public static final Attribute<Step, Step.Builder, ThreadId> THREAD_ID =
      Attribute.required(
          "threadId",
          AttributeType.id(ThreadId::of, ThreadId::value),
          Access.IDENTITY,
          Step::threadId,
          Step.Builder::threadId);
  public static final Attribute<Step, Step.Builder, StepId> PARENT_ID =
      new Attribute<>(
          "parentId",
          AttributeType.id(StepId::of, StepId::value),
          Access.OPEN,
          Step::parentId,
          Step.Builder::parentId);
  public static final Attribute<Step, Step.Builder, String> NAME =
      new Attribute<>("name", AttributeType.NAME, Access.OPEN, Step::name, Step.Builder::name);
  public static final Attribute<Step, Step.Builder, StepType> TYPE =
      new Attribute<>(
          "type",
          AttributeType.named(StepType::of, StepType::value),
          Access.OPEN,
          Step::type,
          Step.Builder::type);
  public static final Attribute<Step, Step.Builder, String> COMMAND =
      new Attribute<>(
          "command", AttributeType.NAME, Access.OPEN, Step::command, Step.Builder::command);
  public static final Attribute<Step, Step.Builder, JsonObject> MODES =
      new Attribute<>("modes", AttributeType.OBJECT, Access.OPEN, Step::modes, Step.Builder::modes);
  public static final Attribute<Step, Step.Builder, Boolean> STREAMING =
      new Attribute<>(
          "streaming", AttributeType.FLAG, Access.OPEN, Step::streaming, Step.Builder::streaming);
  public static final Attribute<Step, Step.Builder, Boolean> WAIT_FOR_ANSWER =
      new Attribute<>(
          "waitForAnswer",
          AttributeType.FLAG,
          Access.OPEN,
          Step::waitForAnswer,
          Step.Builder::waitForAnswer);
  public static final Attribute<Step, Step.Builder, Boolean> IS_ERROR =
      new Attribute<>(
          "isError", AttributeType.FLAG, Access.OPEN, Step::isError, Step.Builder::isError);
  public static final Attribute<Step, Step.Builder, JsonObject> METADATA =
      new Attribute<>(
          EntitySchema.METADATA,
          AttributeType.OBJECT,
          Access.OPEN,
          Step::metadata,
          Step.Builder::metadata);
  public static final Attribute<Step, Step.Builder, List<String>> TAGS =
      new Attribute<>("tags", AttributeType.TAGS, Access.OPEN, Step::tags, Step.Builder::tags);
  public static final Attribute<Step, Step.Builder, String> INPUT =
      new Attribute<>(
          "input", AttributeType.CONTENT, Access.OPEN, Step::input, Step.Builder::input);
  public static final Attribute<Step, Step.Builder, String> OUTPUT =
      new Attribute<>(
          "output", AttributeType.CONTENT, Access.OPEN, Step::output, Step.Builder::output);
  public static final Attribute<Step, Step.Builder, Timestamp> CREATED_AT =
      new Attribute<>(
          "createdAt", AttributeType.TIME, Access.ONCE, Step::createdAt, Step.Builder::createdAt);
  public static final Attribute<Step, Step.Builder, Timestamp> START =
      new Attribute<>("start", AttributeType.TIME, Access.OPEN, Step::start, Step.Builder::start);
  public static final Attribute<Step, Step.Builder, Timestamp> END =
      new Attribute<>("end", AttributeType.TIME, Access.OPEN, Step::end, Step.Builder::end);
  public static final Attribute<Step, Step.Builder, JsonObject> GENERATION =
      new Attribute<>(
          "generation",
          AttributeType.OBJECT,
          Access.OPEN,
          Step::generation,
          Step.Builder::generation);
  public static final Attribute<Step, Step.Builder, JsonValue> SHOW_INPUT =
      new Attribute<>(
          "showInput", AttributeType.ANY, Access.OPEN, Step::showInput, Step.Builder::showInput);
  public static final Attribute<Step, Step.Builder, Boolean> DEFAULT_OPEN =
      new Attribute<>(
          "defaultOpen",
          AttributeType.FLAG,
          Access.OPEN,
          Step::defaultOpen,
          Step.Builder::defaultOpen);
  public static final Attribute<Step, Step.Builder, Boolean> AUTO_COLLAPSE =
      new Attribute<>(
          "autoCollapse",
          AttributeType.FLAG,
          Access.OPEN,
          Step::autoCollapse,
          Step.Builder::autoCollapse);
  public static final Attribute<Step, Step.Builder, String> LANGUAGE =
      new Attribute<>(
          "language", AttributeType.NAME, Access.OPEN, Step::language, Step.Builder::language);
  public static final Attribute<Step, Step.Builder, String> ICON =
      new Attribute<>("icon", AttributeType.NAME, Access.OPEN, Step::icon, Step.Builder::icon);
  public static final Attribute<Step, Step.Builder, Feedback> FEEDBACK =
      new Attribute<>(
          "feedback",
          FeedbackAttributes.TYPE,
          Access.SEPARATE,
          Step::feedback,
          Step.Builder::feedback);

  /** All of them, and the rules of writing them. */
  public static final EntitySchema<Step, Step.Builder> SCHEMA =
      new EntitySchema<>(
          "step",
          Step::builder,
          Step.Builder::build,
          Step::other,
          Step.Builder::other,
          List.of(
              ID,
              THREAD_ID,
              PARENT_ID,
              NAME,
              TYPE,
              COMMAND,
              MODES,
              STREAMING,
              WAIT_FOR_ANSWER,
              IS_ERROR,
              METADATA,
              TAGS,
              INPUT,
              OUTPUT,
              CREATED_AT,
              START,
              END,
              GENERATION,
              SHOW_INPUT,
              DEFAULT_OPEN,
              AUTO_COLLAPSE,
              LANGUAGE,
              ICON,
              FEEDBACK));

  private StepAttributes() {}

  /**
   * Checks steps that are about to be written together.
   *
   * @throws DataLayerException when they are more than {@value Limits#BULK_STEPS}, one comes twice,
   *     or one breaks a limit; the message begins with {@code steps[3]}
   */
  public static void checkAll(List<Step> steps) {
    if (steps.size() > Limits.BULK_STEPS) {
      throw DataLayerException.invalid(
          "steps", steps.size() + " items, at most " + Limits.BULK_STEPS);
    }
    Set<FeedbackId.Target> seen = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String path = "steps[" + i + "]";
      try {
        SCHEMA.check(step);
      } catch (DataLayerException refused) {
        throw refused.within(path);
      }
      if (!seen.add(new FeedbackId.Target(step.threadId(), step.id()))) {
        throw DataLayerException.invalid(path, "step " + step.id() + " comes twice");
      }
    }
  }
}
