package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserAttributes;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A thread as either side reads it, with its steps and elements by their ids. */
final class Reads {
  /** What Chainlit's answers have of an item that is no attribute of the entity. */
  static final Set<String> KEYS = Set.of("PK", "SK", "UserThreadPK", "UserThreadSK");

  private static final String STEPS = "steps";
  private static final String ELEMENTS = "elements";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Reads() {}

  /** As Threadkeep reads it; all of it must be understood. */
  static JsonObject ours(SameTable table, String id) {
    Conversation read = Await.result(table.ours().threads().load(ThreadId.of(id))).orElseThrow();
    assertThat(read.skipped()).isZero();
    return ThreadAttributes.SCHEMA
        .toJson(read.thread())
        .with(STEPS, byId(read.steps().stream().map(StepAttributes.SCHEMA::toJson).toList()))
        .with(
            ELEMENTS,
            byId(read.elements().stream().map(ElementAttributes.SCHEMA::toJson).toList()));
  }

  /** As Chainlit's layer reads it, without keys. */
  static JsonObject theirs(SameTable table, String id) {
    JsonValue read = table.theirs().call("get_thread", "thread_id", id);
    return Json.without(read, KEYS)
        .with(STEPS, byId(withoutKeys(Json.list(read, STEPS))))
        .with(ELEMENTS, byId(withoutKeys(Json.list(read, ELEMENTS))));
  }

  /** A user as Threadkeep reads it; of a user, empty metadata is as good as none. */
  static JsonObject ourUser(SameTable table, String id) {
    User user = Await.result(table.ours().users().find(UserId.of(id))).orElseThrow();
    return Json.over(
        Json.object("metadata", JsonObject.empty()), UserAttributes.SCHEMA.toJson(user));
  }

  /** A user as Chainlit's layer reads it; a name to display is not stored. */
  static JsonObject theirUser(SameTable table, String id) {
    return Json.without(table.theirs().call("get_user", "identifier", id), Set.of("display_name"));
  }

  /** A user's favourites as Threadkeep lists them, by their ids, without feedback as theirs. */
  static JsonObject ourFavourites(SameTable table, String user) {
    return byId(
        Await.result(table.ours().steps().listFavorites(UserId.of(user))).stream()
            .map(step -> StepAttributes.SCHEMA.toJson(step).without("feedback"))
            .toList());
  }

  /** A user's favourites as Chainlit's layer lists them, by their ids, without keys. */
  static JsonObject theirFavourites(SameTable table, String user) {
    JsonValue steps = table.theirs().call("get_favorite_steps", "user_id", user);
    return byId(withoutKeys(((JsonValue.Array) steps).items()));
  }

  static JsonObject byId(List<? extends JsonValue> entities) {
    Map<String, JsonValue> byId = new LinkedHashMap<>();
    entities.forEach(entity -> byId.put(Json.text(entity, "id"), entity));
    return new JsonObject(byId);
  }

  /** The text at an address. */
  static String file(String address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    return HTTP.send(request, BodyHandlers.ofString()).body();
  }

  private static List<JsonObject> withoutKeys(List<JsonValue> items) {
    return items.stream().map(item -> Json.without(item, KEYS)).toList();
  }
}
