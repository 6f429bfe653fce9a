package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.UserAttributes;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Items that Chainlit's Python layer wrote, read here and compared with what it read itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChainlitFixtureTest {
  private static final JsonObject FIXTURE = fixture();
  private static final UserId ALICE = UserId.of("alice");
  private static final Comparator<ThreadSummary> NEWEST_FIRST =
      Comparator.comparing((ThreadSummary it) -> it.updatedAt().text()).reversed();
  private static final String NO_NAME = "ab3b74fe-8eac-4288-bbb1-d1244d039b72";

  private final String table = DynamoDbLocal.createTable();
  private final DataStore store = DynamoDbDataStore.builder(DynamoDbLocal.client(), table).build();

  ChainlitFixtureTest() {
    RawTable raw = new RawTable(table);
    items().forEach(raw::put);
  }

  /** All items of the table. */
  static List<JsonValue> items() {
    return array(FIXTURE, "items");
  }

  static Stream<String> threads() {
    return object(FIXTURE, "getThread").members().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("threads")
  void loadShouldGiveWhatTheirsGives(String id) {
    Conversation conversation = Await.result(store.threads().load(ThreadId.of(id))).orElseThrow();

    JsonObject theirs = object(object(FIXTURE, "getThread"), id);
    assertThat(conversation.skipped()).isZero();
    assertSame(
        ThreadAttributes.SCHEMA.toJson(conversation.thread()),
        theirs.without("steps").without("elements"));
    assertAllSame(
        conversation.steps().stream().map(StepAttributes.SCHEMA::toJson).toList(),
        array(theirs, "steps"));
    assertAllSame(
        conversation.elements().stream().map(ElementAttributes.SCHEMA::toJson).toList(),
        array(theirs, "elements"));
  }

  @Test
  void everyItemShouldBeReadToTheDigit() {
    int threads = 0;
    for (JsonValue item : items()) {
      JsonObject stored = (JsonObject) item;
      String partition = text(stored, "PK");
      String sort = text(stored, "SK");
      ThreadId thread = ThreadId.of(partition.substring(partition.indexOf('#') + 1));
      String child = sort.substring(sort.indexOf('#') + 1);
      if (sort.equals("USER")) {
        UserId id = UserId.of(thread.value());
        JsonObject json = read(UserAttributes.SCHEMA, store.users().find(id));
        assertThat(json.with("metadata", json.get("metadata").orElse(JsonObject.empty())))
            .isEqualTo(plain(stored));
      } else if (sort.equals("THREAD")) {
        threads++;
        assertThat(read(ThreadAttributes.SCHEMA, store.threads().find(thread)))
            .isEqualTo(plain(stored));
      } else if (sort.startsWith("STEP")) {
        assertThat(read(StepAttributes.SCHEMA, store.steps().find(thread, StepId.of(child))))
            .isEqualTo(plain(stored));
      } else {
        assertThat(
                read(ElementAttributes.SCHEMA, store.elements().find(thread, ElementId.of(child))))
            .isEqualTo(plain(stored));
      }
    }
    assertThat(threads).isEqualTo(7);
  }

  @Test
  void row6_everyThreadOfAUserShouldBeListedWithOrWithoutAName() {
    List<ThreadSummary> listed = new ArrayList<>();
    Optional<PageRequest> next = Optional.of(PageRequest.first(2));
    while (next.isPresent()) {
      PageRequest request = next.get();
      Page<ThreadSummary> page = Await.result(store.threads().list(ALICE, request));
      listed.addAll(page.items());
      next = page.next().map(request::after);
    }

    assertThat(object(object(FIXTURE, "listThreads"), "alice").members()).containsOnlyKeys("error");
    assertThat(listed).hasSize(5).isSortedAccordingTo(NEWEST_FIRST);
    assertThat(listed.stream().filter(it -> it.name().isEmpty()).map(it -> it.id().value()))
        .containsExactly(NO_NAME);
    for (ThreadSummary thread : listed) {
      JsonObject theirs = object(object(FIXTURE, "getThread"), thread.id().value());
      assertThat(thread.name().map(JsonValue::of)).isEqualTo(theirs.get("name"));
      assertThat("TS#" + thread.updatedAt()).isEqualTo(text(theirs, "UserThreadSK"));
    }
  }

  @Test
  void listShouldGiveWhatTheirsGivesWhereTheirsWorks() {
    UserId bob = UserId.of("bob@example.com");
    JsonObject theirs = object(object(FIXTURE, "listThreads"), bob.value());

    Page<ThreadSummary> ours = Await.result(store.threads().list(bob, PageRequest.first(10)));

    assertThat(ours.next()).isEmpty();
    assertThat(
            ours.items().stream()
                .map(
                    it ->
                        JsonObject.of("id", JsonValue.of(it.id().value()))
                            .with("createdAt", JsonValue.of(it.updatedAt().text()))
                            .with("name", JsonValue.of(it.name().orElseThrow()))))
        .isEqualTo(array(theirs, "data"));
  }

  @Test
  void listFavoritesShouldGiveWhatTheirsGivesAndTheFeedback() {
    List<JsonObject> ours =
        Await.result(store.steps().listFavorites(ALICE)).stream()
            .map(StepAttributes.SCHEMA::toJson)
            .toList();

    assertAllSame(
        ours.stream().map(it -> it.without("feedback")).toList(),
        array(object(FIXTURE, "favoriteSteps"), "alice"));
    assertThat(ours).allMatch(it -> it.get("feedback").isPresent());
  }

  private static <E> JsonObject read(
      EntitySchema<E, ?> schema, CompletionStage<Optional<E>> found) {
    return schema.toJson(Await.result(found).orElseThrow());
  }

  private static void assertAllSame(List<JsonObject> ours, List<JsonValue> theirs) {
    assertThat(ours).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.size(); i++) {
      assertSame(ours.get(i), (JsonObject) theirs.get(i));
    }
  }

  /** Theirs has keys, signed addresses, and floats. */
  private static void assertSame(JsonObject ours, JsonObject theirs) {
    JsonObject expected = theirs;
    for (String key : Keys.ATTRIBUTES) {
      expected = expected.without(key);
    }
    if (expected.get("url").orElse(JsonValue.Null.NULL) instanceof JsonValue.Text url) {
      expected = expected.with("url", JsonValue.of(url.value().replace("?signed", "")));
    }
    assertThat(asFloats(ours)).isEqualTo(asFloats(expected));
  }

  /** Every number as Python's floats have it. */
  private static JsonValue asFloats(JsonValue json) {
    if (json instanceof JsonValue.Num number) {
      return JsonValue.of(BigDecimal.valueOf(number.value().doubleValue()));
    } else if (json instanceof JsonValue.Array array) {
      return new JsonValue.Array(
          array.items().stream().map(ChainlitFixtureTest::asFloats).toList());
    } else if (json instanceof JsonObject object) {
      Map<String, JsonValue> members = new LinkedHashMap<>();
      object.members().forEach((name, value) -> members.put(name, asFloats(value)));
      return new JsonObject(members);
    }
    return json;
  }

  /** What DynamoDB's JSON stands for, without keys and with every digit. */
  private static JsonObject plain(JsonObject item) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    item.members().forEach((name, typed) -> members.put(name, plainValue((JsonObject) typed)));
    members.keySet().removeAll(Keys.ATTRIBUTES);
    return new JsonObject(members);
  }

  private static JsonValue plainValue(JsonObject typed) {
    Map.Entry<String, JsonValue> value = typed.members().entrySet().iterator().next();
    return switch (value.getKey()) {
      case "N" -> JsonValue.of(new BigDecimal(((JsonValue.Text) value.getValue()).value()));
      case "NULL" -> JsonValue.Null.NULL;
      case "M" -> plain((JsonObject) value.getValue());
      case "L" ->
          new JsonValue.Array(
              ((JsonValue.Array) value.getValue())
                  .items().stream().map(it -> plainValue((JsonObject) it)).toList());
      default -> value.getValue();
    };
  }

  private static JsonObject fixture() {
    try (InputStream fixture =
        ChainlitFixtureTest.class.getResourceAsStream("/chainlit-table.json")) {
      return (JsonObject) JsonText.parse(fixture.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static JsonObject object(JsonObject owner, String name) {
    return (JsonObject) owner.get(name).orElseThrow();
  }

  private static List<JsonValue> array(JsonObject owner, String name) {
    return ((JsonValue.Array) owner.get(name).orElseThrow()).items();
  }

  /** A text, also one in DynamoDB's JSON. */
  private static String text(JsonObject owner, String name) {
    JsonValue value = owner.get(name).orElseThrow();
    return value instanceof JsonValue.Text text ? text.value() : text((JsonObject) value, "S");
  }
}
