package dev.threadkeep.local;

import static dev.threadkeep.domain.StepAttributes.SCHEMA;

import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.json.JsonObject;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of the table {@code step}, one by one. */
final class StepRows {
  private StepRows() {}

  /** How a step is called in messages. */
  static String name(ThreadId thread, StepId id) {
    return "step " + id + " of thread " + thread;
  }

  static Optional<JsonObject> find(Handle handle, ThreadId thread, StepId id) {
    return handle
        .createQuery("SELECT body FROM step WHERE thread = :thread AND id = :id")
        .bind("thread", thread)
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .map(body -> Body.read(name(thread, id), body));
  }

  /** Writes the row, whether it is there or not; the step that it holds now. */
  static Step save(Handle handle, JsonObject body) {
    Step step = SCHEMA.fromStored(body);
    handle
        .createUpdate(
            "INSERT INTO step (thread, id, body) VALUES (:thread, :id, :body)"
                + " ON CONFLICT (thread, id) DO UPDATE SET body = excluded.body")
        .bind("thread", step.threadId())
        .bind("id", step.id())
        .bind("body", Body.write(body))
        .execute();
    if (step.isFavorite()) {
      Entries.putFavorite(handle, step);
    } else {
      Entries.removeFavorite(handle, step);
    }
    return step;
  }
}
