package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Threadkeep writes, read by Chainlit's own layer. */
class SameTableOursInterop {
  private static final GeneratedHistory HISTORY = GeneratedHistory.create();
  private static final List<OurConversation> WRITTEN = new ArrayList<>();

  @RegisterExtension static final SameTable table = SameTable.create();

  @BeforeAll
  static void threadkeepWrites() {
    HISTORY
        .users()
        .forEach(
            (id, metadata) ->
                Await.result(
                    table
                        .ours()
                        .users()
                        .upsert(
                            User.builder()
                                .id(UserId.of(id))
                                .metadata(Json.withoutNulls(metadata))
                                .build())));
    HISTORY.conversations().forEach(it -> WRITTEN.add(OurConversation.write(table, it)));
  }

  @Test
  void ourConversationsShouldBeReadFieldByField() {
    FieldComparison comparison = new FieldComparison();
    for (OurConversation written : WRITTEN) {
      String id = written.id();
      comparison.compare(id, written.expected(), Reads.ours(table, id));
      comparison.compareAsFloats(
          "Chainlit's " + id, asTheirs(written), withoutUrls(Reads.theirs(table, id)));
    }
    comparison.assertNoDifference();
    SameTable.report("Threadkeep writes, Chainlit reads", WRITTEN.size(), comparison);
  }

  @Test
  void ourUsersShouldBeReadFieldByField() {
    FieldComparison comparison = new FieldComparison();
    HISTORY
        .users()
        .forEach(
            (id, metadata) -> {
              JsonObject ours = Reads.ourUser(table, id);
              comparison.compare(id, Json.withoutNulls(metadata), Json.member(ours, "metadata"));
              comparison.compareAsFloats(id, ours.without("updatedAt"), Reads.theirUser(table, id));
            });
    comparison.assertNoDifference();
  }

  @Test
  void ourThreadsShouldBeListedByTheirPagesWithTheirAuthor() {
    for (String user : HISTORY.users().keySet()) {
      assertThat(TheirList.of(table.theirs(), user))
          .containsExactlyInAnyOrderElementsOf(
              WRITTEN.stream()
                  .filter(it -> it.owner().equals(user))
                  .map(OurConversation::thread)
                  .map(TheirList::entry)
                  .toList());
    }
    for (OurConversation written : WRITTEN) {
      assertThat(table.theirs().call("get_thread_author", "thread_id", written.id()))
          .isEqualTo(JsonValue.of(written.owner()));
    }
  }

  @Test
  void ourElementsShouldBeFoundOneByOne() {
    FieldComparison comparison = new FieldComparison();
    for (OurConversation written : WRITTEN) {
      written
          .elements()
          .forEach(
              (id, element) ->
                  comparison.compareAsFloats(
                      id,
                      withStandIn(element),
                      Json.without(
                          table
                              .theirs()
                              .call("get_element", "thread_id", written.id(), "element_id", id),
                          Reads.KEYS)));
    }
    comparison.assertNoDifference();
    assertThat(comparison.fields()).isPositive();
  }

  /** Their reader signs an address for the key of every file, where there is none as well. */
  @Test
  void anAddressElsewhereShouldReachThemOnlyWithTheElementAlone() {
    OurConversation written = WRITTEN.get(0);
    String id = written.link();
    JsonValue elements = Json.member(Reads.theirs(table, written.id()), "elements");
    JsonValue alone =
        table.theirs().call("get_element", "thread_id", written.id(), "element_id", id);

    assertThat(Json.text(Json.member(elements, id), "url")).isEmpty();
    assertThat(Json.text(alone, "url")).isEqualTo("https://example.org/map.png");
  }

  @Test
  void ourFilesShouldBeReachedByAddressesThatChainlitSigns() throws Exception {
    for (OurConversation written : WRITTEN) {
      JsonValue elements = Json.member(Reads.theirs(table, written.id()), "elements");
      for (Map.Entry<String, String> file : written.contents().entrySet()) {
        String url = Json.text(Json.member(elements, file.getKey()), "url");
        assertThat(Reads.file(url)).as(url).isEqualTo(file.getValue());
      }
    }
  }

  @Test
  void ourFavouritesShouldBeListed() {
    FieldComparison comparison = new FieldComparison();
    for (String user : HISTORY.users().keySet()) {
      List<JsonObject> ours =
          WRITTEN.stream()
              .filter(it -> it.owner().equals(user))
              .map(it -> (JsonObject) it.steps().values().iterator().next())
              .map(it -> it.without("feedback"))
              .toList();
      comparison.compareAsFloats(user, Reads.byId(ours), Reads.theirFavourites(table, user));
    }
    comparison.assertNoDifference();
  }

  /** What there is, as Chainlit shows it: an element without a file has an empty key. */
  private static JsonObject asTheirs(OurConversation written) {
    Map<String, JsonValue> elements = new LinkedHashMap<>();
    written
        .elements()
        .forEach((id, element) -> elements.put(id, withStandIn(element).without("url")));
    return written.expected().with("elements", new JsonObject(elements));
  }

  private static JsonObject withStandIn(JsonValue element) {
    return Json.over(Json.object("objectKey", ""), (JsonObject) element);
  }

  /** They are signed for the key, also where there is none: then they are empty. */
  private static JsonObject withoutUrls(JsonObject thread) {
    Map<String, JsonValue> elements = new LinkedHashMap<>();
    ((JsonObject) Json.member(thread, "elements"))
        .members()
        .forEach((id, element) -> elements.put(id, Json.without(element, Set.of("url"))));
    return thread.with("elements", new JsonObject(elements));
  }
}
