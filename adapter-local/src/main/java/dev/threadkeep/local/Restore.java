package dev.threadkeep.local;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserAttributes;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Writes rows as they are, where there is none; whether it did. */
final class Restore {
  private Restore() {}

  static boolean item(Handle handle, StoredItem item) {
    if (item instanceof StoredItem.OfUser it) {
      return user(handle, it.user());
    } else if (item instanceof StoredItem.OfThread it) {
      return thread(handle, it.thread(), it.place());
    } else if (item instanceof StoredItem.OfStep it) {
      return step(handle, it.step(), it.feedbackPlace());
    }
    return element(handle, ((StoredItem.OfElement) item).element());
  }

  static Optional<JsonObject> userBody(Handle handle, UserId id) {
    return handle
        .createQuery("SELECT body FROM user WHERE id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .map(body -> Body.read("user " + id, body));
  }

  private static boolean user(Handle handle, User user) {
    check("user", user.id().value());
    return handle
            .createUpdate("INSERT INTO user (id, body) VALUES (:id, :body) ON CONFLICT DO NOTHING")
            .bind("id", user.id())
            .bind("body", Body.write(UserAttributes.SCHEMA.toJson(user)))
            .execute()
        > 0;
  }

  private static boolean thread(Handle handle, ChatThread thread, Optional<Timestamp> place) {
    check("thread", thread.id().value());
    ThreadRows.ensure(handle, thread.id());
    if (ThreadRows.find(handle, thread.id()).isPresent()) {
      return false;
    }
    ThreadRows.save(handle, ThreadAttributes.SCHEMA.toJson(thread));
    place.ifPresent(
        activity ->
            handle
                .createUpdate("UPDATE thread SET activity = :activity WHERE id = :id")
                .bind("activity", activity.text())
                .bind("id", thread.id())
                .execute());
    return true;
  }

  private static boolean step(Handle handle, Step step, Optional<Timestamp> feedbackPlace) {
    check("step", step.id().value());
    check("thread", step.threadId().value());
    ThreadRows.ensure(handle, step.threadId());
    boolean isThere =
        handle
            .createQuery("SELECT EXISTS (SELECT 1 FROM step WHERE thread = :thread AND id = :id)")
            .bind("thread", step.threadId())
            .bind("id", step.id())
            .mapTo(Boolean.class)
            .one();
    if (!isThere) {
      StepRows.save(handle, StepAttributes.SCHEMA.toJson(step));
      step.feedback().ifPresent(feedback -> list(handle, feedback, feedbackPlace));
    }
    return !isThere;
  }

  private static void list(Handle handle, Feedback feedback, Optional<Timestamp> place) {
    Entries.putFeedback(handle, feedback);
    place.ifPresent(
        activity ->
            handle
                .createUpdate(
                    "UPDATE entry SET activity = :activity"
                        + " WHERE thread = :thread AND step = :step AND list = :list")
                .bind("activity", activity.text())
                .bind("thread", feedback.threadId())
                .bind("step", feedback.stepId())
                .bind("list", Entries.FEEDBACK)
                .execute());
  }

  private static boolean element(Handle handle, Element element) {
    check("element", element.id().value());
    check("thread", element.threadId().value());
    ThreadRows.ensure(handle, element.threadId());
    return ElementRows.insert(handle, element);
  }

  /** Cursors of lists, and nothing else, rely on ids without these. */
  private static void check(String what, String id) {
    if (id.chars().anyMatch(Character::isISOControl)) {
      throw DataLayerException.invalid(what, "its id has control characters");
    }
  }
}
