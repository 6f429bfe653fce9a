package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.ThreadFilter;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Chainlit's own layer writes, read by Threadkeep. */
class SameTableTheirsInterop {
  private static final int OF_EACH_USER = GeneratedHistory.CONVERSATIONS / GeneratedHistory.USERS;
  private static final GeneratedHistory HISTORY = GeneratedHistory.create();
  private static final List<TheirConversation> WRITTEN = new ArrayList<>();

  @RegisterExtension static final SameTable table = SameTable.create();

  @BeforeAll
  static void chainlitWrites() {
    HISTORY
        .users()
        .forEach(
            (id, metadata) ->
                table.theirs().call("create_user", "identifier", id, "metadata", metadata));
    HISTORY.conversations().forEach(it -> WRITTEN.add(TheirConversation.write(table, it)));
  }

  @Test
  void theirConversationsShouldBeReadFieldByField() {
    FieldComparison comparison = new FieldComparison();
    for (TheirConversation written : WRITTEN) {
      String id = written.id();
      JsonObject theirs = Reads.theirs(table, id);
      JsonObject ours = Reads.ours(table, id);

      JsonObject time = Json.object("createdAt", Json.member(theirs, "createdAt"));
      comparison.compare(id, Json.over(written.expected(), time), ours);
      comparison.compareAsFloats("Chainlit's " + id, unsigned(theirs), ours);
    }
    comparison.assertNoDifference();
    SameTable.report("Chainlit writes, Threadkeep reads", WRITTEN.size(), comparison);
  }

  @Test
  void theirStepsShouldComeInTheirOrder() {
    for (TheirConversation written : WRITTEN) {
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
    HISTORY
        .users()
        .forEach(
            (id, metadata) -> {
              JsonObject ours = Reads.ourUser(table, id);
              comparison.compare(id, metadata, Json.member(ours, "metadata"));
              comparison.compareAsFloats("Chainlit's " + id, Reads.theirUser(table, id), ours);
            });
    comparison.assertNoDifference();
  }

  @Test
  void theirThreadsShouldBeListedInTheirOrderWithTheirOwner() {
    for (String user : HISTORY.users().keySet()) {
      List<ThreadSummary> ours = table.list(UserId.of(user), ThreadFilter.all());
      List<JsonValue> theirs = TheirList.of(table.theirs(), user);
      assertThat(ours).hasSize(theirs.size()).hasSize(OF_EACH_USER);
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
    WRITTEN.forEach(it -> Reads.ours(table, it.id()));
    FieldComparison comparison = new FieldComparison();
    for (String user : HISTORY.users().keySet()) {
      JsonObject ours = Reads.ourFavourites(table, user);
      assertThat(ours.members()).hasSizeGreaterThanOrEqualTo(OF_EACH_USER);
      comparison.compareAsFloats(user, Reads.theirFavourites(table, user), ours);
    }
    comparison.assertNoDifference();
  }

  @Test
  void theirFilesShouldBeReachedByTheirAddressesAndOurs() throws Exception {
    int files = 0;
    for (TheirConversation written : WRITTEN) {
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
    assertThat(files).isGreaterThan(WRITTEN.size());
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
