package dev.threadkeep.local;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JSON of an entity, as the column {@code body} has it. */
final class Body {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.local");

  private Body() {}

  static String write(JsonObject body) {
    return JsonText.write(body);
  }

  /**
   * @param what whose body it is, for the message
   * @throws DataLayerException {@code CORRUPT} when it cannot be understood
   */
  static JsonObject read(String what, String text) {
    try {
      if (JsonText.parse(text) instanceof JsonObject object) {
        return object;
      }
    } catch (DataLayerException malformed) {
      // Its message quotes from the text, which may be what somebody said: it goes no further.
    }
    throw corrupt(what);
  }

  /** The entity whose body it is; fails as {@link #read}. */
  private static <E> E entity(EntitySchema<E, ?> schema, String what, byte[] utf8) {
    return schema.fromStored(
        members -> {
          try {
            JsonText.readMembers(utf8, members);
          } catch (DataLayerException malformed) {
            throw corrupt(what);
          }
        });
  }

  /** The rows that a query of the columns {@code thread}, {@code id} and {@code body} gives. */
  static List<Row> rows(Query query) {
    return query
        .map((row, context) -> new Row(row.getString(1), row.getString(2), row.getString(3)))
        .list();
  }

  /**
   * The entities of such a query. Each is made before the next row is read, and of the bytes that
   * are stored, so that they are not in memory as text, too.
   */
  static <E> Entities<E> entities(EntitySchema<E, ?> schema, Query query) {
    List<Optional<E>> all =
        query
            .map(
                (row, context) ->
                    readable(schema, row.getString(1), row.getString(2), row.getBytes(3)))
            .list();
    List<E> readable = all.stream().flatMap(Optional::stream).toList();
    return new Entities<>(readable, all.size() - readable.size());
  }

  /** The entities of rows. One that cannot be understood must not hide the others: it is logged. */
  static <E> List<E> readable(EntitySchema<E, ?> schema, List<Row> rows) {
    return rows.stream()
        .flatMap(
            row ->
                readable(
                    schema, row.thread(), row.id(), row.body().getBytes(StandardCharsets.UTF_8))
                    .stream())
        .toList();
  }

  private static <E> Optional<E> readable(
      EntitySchema<E, ?> schema, String thread, String id, byte[] body) {
    String what = schema.entity() + ' ' + id + " of thread " + thread;
    try {
      return Optional.of(entity(schema, what, body));
    } catch (DataLayerException corrupt) {
      log.warn("{} is skipped: {}", what, corrupt.getMessage());
      return Optional.empty();
    }
  }

  private static DataLayerException corrupt(String what) {
    return new DataLayerException(
        ErrorCode.CORRUPT, what + " cannot be read: it is no JSON object");
  }

  /** The row of a step or an element. */
  record Row(String thread, String id, String body) {}

  /**
   * The entities of rows that can be understood.
   *
   * @param skipped how many cannot
   */
  record Entities<E>(List<E> readable, int skipped) {}
}
