package dev.threadkeep.local;

import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadInventory.ElementFile;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The elements of a thread in the table {@code element}. */
final class ElementRows {
  private ElementRows() {}

  /** All of them, in the order of their ids. */
  static Body.Entities<Element> of(Handle handle, ThreadId thread) {
    return Body.entities(
        ElementAttributes.SCHEMA,
        handle
            .createQuery("SELECT thread, id, body FROM element WHERE thread = :id ORDER BY id")
            .bind("id", thread));
  }

  /** Writes the row of an element, where there is none; whether it did. */
  static boolean insert(Handle handle, Element element) {
    return handle
            .createUpdate(
                "INSERT INTO element (thread, id, step, body) VALUES (:thread, :id, :step, :body)"
                    + " ON CONFLICT DO NOTHING")
            .bind("thread", element.threadId())
            .bind("id", element.id())
            .bind("step", element.stepId().map(StepId::value))
            .bind("body", Body.write(ElementAttributes.SCHEMA.toJson(element)))
            .execute()
        > 0;
  }

  /** Those that have a file. */
  static List<ElementFile> filesOf(Handle handle, ThreadId thread) {
    return of(handle, thread).readable().stream()
        .flatMap(
            element -> element.objectKey().map(key -> new ElementFile(element.id(), key)).stream())
        .toList();
  }
}
