package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserAttributes;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the items of the table look like. */
final class Schemas {
  /** Absent to us, but there for a reader that looks for the attribute. */
  static final AttributeValue NULL = AttributeValue.fromNul(true);

  /** Chainlit's reader takes metadata from every user. */
  static final ItemSchema<User, User.Builder> USERS =
      new ItemSchema<>(
          UserAttributes.SCHEMA,
          EnhancedType.of(User.class),
          new EnhancedType<Draft<User, User.Builder>>() {},
          user -> Keys.user(user.id()),
          (user, key) -> Keys.userOf(key).ifPresent(user::id),
          Set.of(),
          Map.of(UserAttributes.METADATA.name(), AttributeValue.fromM(Map.of())));

  /** Without its name, a thread breaks the listing of Chainlit. */
  static final ItemSchema<ChatThread, ChatThread.Builder> THREADS =
      new ItemSchema<>(
          ThreadAttributes.SCHEMA,
          EnhancedType.of(ChatThread.class),
          new EnhancedType<Draft<ChatThread, ChatThread.Builder>>() {},
          thread -> Keys.thread(thread.id()),
          (thread, key) -> Keys.threadOf(key).ifPresent(thread::id),
          Set.of(),
          Map.of(ThreadAttributes.NAME.name(), NULL));

  /** A step without its id is a ghost: Chainlit leaves one where it is told a feedback too many. */
  static final ItemSchema<Step, Step.Builder> STEPS =
      new ItemSchema<>(
          StepAttributes.SCHEMA,
          EnhancedType.of(Step.class),
          new EnhancedType<Draft<Step, Step.Builder>>() {},
          step -> Keys.step(step.threadId(), step.id()),
          (step, key) -> {
            Keys.threadOf(key).ifPresent(step::threadId);
            Keys.stepOf(key).ifPresent(step::id);
          },
          Set.of(StepAttributes.ID.name()),
          Map.of());

  /** Chainlit's reader takes the key of a file from every element, also where there is no file. */
  static final ItemSchema<Element, Element.Builder> ELEMENTS =
      new ItemSchema<>(
          ElementAttributes.SCHEMA,
          EnhancedType.of(Element.class),
          new EnhancedType<Draft<Element, Element.Builder>>() {},
          element -> Keys.element(element.threadId(), element.id()),
          (element, key) -> {
            Keys.threadOf(key).ifPresent(element::threadId);
            Keys.elementOf(key).ifPresent(element::id);
          },
          Set.of(),
          Map.of(ElementAttributes.OBJECT_KEY.name(), AttributeValue.fromS("")));

  private Schemas() {}
}
