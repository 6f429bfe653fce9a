package dev.threadkeep.local;

import static dev.threadkeep.domain.ElementAttributes.SCHEMA;

import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.port.ElementRepository;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;

/** Elements as rows of the table {@code element}. */
final class LocalElementRepository implements ElementRepository {
  private final Database database;

  LocalElementRepository(Database database) {
    this.database = database;
  }

  @Override
  public CompletionStage<Optional<Element>> find(ThreadId thread, ElementId id) {
    return database.read(
        "find " + name(thread, id), handle -> stored(handle, thread, id).map(SCHEMA::fromStored));
  }

  @Override
  public CompletionStage<Element> upsert(Element element) {
    return database.write(
        "upsert " + name(element.threadId(), element.id()),
        () -> SCHEMA.check(element),
        handle -> merge(handle, element));
  }

  @Override
  public CompletionStage<Optional<Element>> delete(ThreadId thread, ElementId id) {
    return database.write(
        "delete " + name(thread, id),
        handle -> {
          Optional<Element> element = stored(handle, thread, id).map(SCHEMA::fromStored);
          handle
              .createUpdate("DELETE FROM element WHERE thread = :thread AND id = :id")
              .bind("thread", thread)
              .bind("id", id)
              .execute();
          ThreadRows.releaseIfEmpty(handle, thread);
          return element;
        });
  }

  @Override
  public CompletionStage<List<Element>> listOfStep(ThreadId thread, StepId step) {
    return database.read(
        "list elements of " + StepRows.name(thread, step),
        handle ->
            Body.entities(
                    SCHEMA,
                    handle
                        .createQuery(
                            "SELECT thread, id, body FROM element"
                                + " WHERE thread = :thread AND step = :step ORDER BY id")
                        .bind("thread", thread)
                        .bind("step", step))
                .readable());
  }

  private static Element merge(Handle handle, Element written) {
    JsonObject stored = stored(handle, written.threadId(), written.id()).orElse(JsonObject.empty());
    JsonObject merged = SCHEMA.merge(stored, SCHEMA.toJson(written));
    Element element = SCHEMA.fromStored(merged);
    ThreadRows.ensure(handle, element.threadId());
    handle
        .createUpdate(
            "INSERT INTO element (thread, id, step, body) VALUES (:thread, :id, :step, :body)"
                + " ON CONFLICT (thread, id)"
                + " DO UPDATE SET step = excluded.step, body = excluded.body")
        .bind("thread", element.threadId())
        .bind("id", element.id())
        .bind("step", element.stepId().map(StepId::value))
        .bind("body", Body.write(merged))
        .execute();
    return element;
  }

  private static Optional<JsonObject> stored(Handle handle, ThreadId thread, ElementId id) {
    return handle
        .createQuery("SELECT body FROM element WHERE thread = :thread AND id = :id")
        .bind("thread", thread)
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .map(body -> Body.read(name(thread, id), body));
  }

  private static String name(ThreadId thread, ElementId id) {
    return "element " + id + " of thread " + thread;
  }
}
