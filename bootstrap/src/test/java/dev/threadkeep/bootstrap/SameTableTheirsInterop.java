package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Chainlit's own layer writes, read by Threadkeep. */
class SameTableTheirsInterop {
  private static final int CONVERSATIONS = 36;
  private static final int USERS = 2;

  private static final Map<String, JsonObject> USER_METADATA = new LinkedHashMap<>();
  private static final List<TheirConversation> CONVERSATIONS_WRITTEN = new ArrayList<>();
  private static SameTable table;

  @BeforeAll
  static void chainlitWrites() throws Exception {
    table = SameTable.create();
    HostileValues values = new HostileValues(SameTable.SEED);
    for (int i = 0; i < USERS; i++) {
      USER_METADATA.put(values.id(), values.object());
    }
    USER_METADATA.forEach(
        (id, metadata) ->
            table.theirs().call("create_user", "identifier", id, "metadata", metadata));
    List<String> users = List.copyOf(USER_METADATA.keySet());
    for (int i = 0; i < CONVERSATIONS; i++) {
      GeneratedConversation conversation =
          GeneratedConversation.of(values, users.get(i % users.size()));
      CONVERSATIONS_WRITTEN.add(TheirConversation.write(table, conversation));
    }
  }

  @AfterAll
  static void end() throws Exception {
    table.close();
  }

  @Test
  void theirConversationsShouldBeReadFieldByField() {
    FieldComparison comparison = new FieldComparison();
    for (TheirConversation written : CONVERSATIONS_WRITTEN) {
      String id = written.id();
      JsonObject theirs = Reads.theirs(table, id);
      JsonObject ours = Reads.ours(table, id);

      JsonObject time = Json.object("createdAt", Json.member(theirs, "createdAt"));
      comparison.compare(id, Json.over(written.expected(), time), ours);
      comparison.compareAsFloats("Chainlit's " + id, unsigned(theirs), ours);
    }
    comparison.assertNoDifference();
    SameTable.report("Chainlit writes, Threadkeep reads", CONVERSATIONS, comparison);
  }

  @Test
  void theirStepsShouldComeInTheirOrder() {
    for (TheirConversation written : CONVERSATIONS_WRITTEN) {
      JsonValue theirs = table.theirs().call("get_thread", "thread_id", written.id());
      Conversation ours =
          Await.result(table.ours().threads().load(ThreadId.of(written.id()))).orElseThrow();

      assertThat(ours.steps().stream().map(step -> step.id().value()))
          .containsExactlyElementsOf(
              Json.list(theirs, "steps").stream().map(step -> Json.text(step, "id")).toList());
    }
  }

  /** Python drops a fraction that is zero, and then sorts texts. */
  @Test
  void aStepAtAFullSecondShouldComeBeforeWhatFollowsUnlikeInTheirAnswer() {
    table.theirs().call("update_thread", "thread_id", "second", "name", "A full second");
    for (String time : List.of("10:00:42", "10:00:42.500000")) {
      table
          .theirs()
          .call(
              "create_step",
              "step_dict",
              Json.object(
                  "id", time, "threadId", "second", "createdAt", "2026-03-01T" + time + "Z"));
    }

    assertThat(
            Await.result(table.ours().threads().load(ThreadId.of("second"))).orElseThrow().steps())
        .extracting(step -> step.id().value())
        .containsExactly("10:00:42", "10:00:42.500000");
    assertThat(Json.list(table.theirs().call("get_thread", "thread_id", "second"), "steps"))
        .extracting(step -> Json.text(step, "id"))
        .containsExactly("10:00:42.500000", "10:00:42");
  }

  @Test
  void theirUsersShouldBeReadFieldByField() {
    FieldComparison comparison = new FieldComparison();
    USER_METADATA.forEach(
        (id, metadata) -> {
          JsonObject ours = Reads.ourUser(table, id);
          JsonObject theirs = Reads.theirUser(table, id);
          comparison.compare(id, metadata, Json.member(ours, "metadata"));
          comparison.compareAsFloats("Chainlit's " + id, theirs, ours);
        });
    comparison.assertNoDifference();
  }

  @Test
  void theirThreadsShouldBeListedInTheirOrderWithTheirOwner() {
    for (String user : USER_METADATA.keySet()) {
      List<ThreadSummary> ours = new ArrayList<>();
      PageRequest request = PageRequest.first(7);
      Page<ThreadSummary> page =
          Await.result(table.ours().threads().list(UserId.of(user), request));
      while (ours.addAll(page.items()) && page.next().isPresent()) {
        page =
            Await.result(
                table.ours().threads().list(UserId.of(user), request.after(page.next().get())));
      }

      List<JsonValue> theirs = TheirList.of(table.theirs(), user);
      assertThat(ours).hasSize(theirs.size()).hasSize(CONVERSATIONS / USERS);
      assertThat(ours.stream().map(TheirList::entry)).containsExactlyElementsOf(theirs);
      for (ThreadSummary thread : ours) {
        assertThat(Await.result(table.ours().threads().findAuthor(thread.id())))
            .contains(UserId.of(user));
      }
    }
  }

  /** Threadkeep learns of a favourite of theirs when it reads the thread. */
  @Test
  void theirFavouritesShouldBeListed() {
    CONVERSATIONS_WRITTEN.forEach(it -> Reads.ours(table, it.id()));
    FieldComparison comparison = new FieldComparison();
    for (String user : USER_METADATA.keySet()) {
      List<JsonValue> ours =
          Await.result(table.ours().steps().listFavorites(UserId.of(user))).stream()
              .map(StepAttributes.SCHEMA::toJson)
              .<JsonValue>map(step -> step.without("feedback"))
              .toList();
      List<JsonValue> theirs =
          ((JsonValue.Array) table.theirs().call("get_favorite_steps", "user_id", user)).items();

      assertThat(ours).hasSizeGreaterThanOrEqualTo(CONVERSATIONS / USERS);
      comparison.compareAsFloats(user, Reads.byId(theirs), Reads.byId(ours));
    }
    comparison.assertNoDifference();
  }

  @Test
  void theirFilesShouldBeReachedByTheirAddressesAndOurs() throws Exception {
    int files = 0;
    for (TheirConversation written : CONVERSATIONS_WRITTEN) {
      JsonValue theirs = table.theirs().call("get_thread", "thread_id", written.id());
      for (JsonValue element : Json.list(theirs, "elements")) {
        Element ours = ElementAttributes.SCHEMA.fromStored(Json.without(element, Reads.KEYS));
        String signed =
            Await.result(table.files().readUrl(ours.objectKey().orElseThrow())).toString();
        boolean isJson = Json.text(element, "type").equals("custom");
        Object content = parsed(isJson, written.content(ours.id().value()));

        assertThat(parsed(isJson, Reads.file(signed))).as(signed).isEqualTo(content);
        assertThat(parsed(isJson, Reads.file(Json.text(element, "url")))).isEqualTo(content);
        files++;
      }
    }
    assertThat(files).isGreaterThan(CONVERSATIONS);
  }

  @Test
  void theDoctorShouldFindNothingWrongWithWhatTheyWrote() {
    assertThat(table.mend()).endsWith("everything is in order\n");
  }

  /** Spaces in JSON do not count. */
  private static Object parsed(boolean isJson, String file) {
    return isJson ? JsonText.parse(file) : file;
  }

  /** Chainlit's answer with the addresses that its elements have in the table. */
  private static JsonObject unsigned(JsonObject theirs) {
    Map<String, JsonValue> elements = new LinkedHashMap<>();
    ((JsonObject) Json.member(theirs, "elements"))
        .members()
        .forEach(
            (id, element) -> {
              JsonValue url = TheirConversation.url(table, Json.text(element, "objectKey"));
              elements.put(id, ((JsonObject) element).with("url", url));
            });
    return theirs.with("elements", new JsonObject(elements));
  }
}
