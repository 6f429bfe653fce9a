package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What Chainlit's own layer changes and deletes of what Threadkeep wrote: Threadkeep goes on
 * working on the table, and the doctor removes what is left behind.
 */
class SameTableChangesInterop {
  private static final int CONVERSATIONS = 12;

  private static final HostileValues VALUES = new HostileValues(SameTable.SEED + 1);
  @RegisterExtension static final SameTable table = SameTable.create();

  @Test
  void theirChangesOfOurConversationsShouldBeReadFieldByField() {
    FieldComparison comparison = new FieldComparison();
    String owner = VALUES.id();
    for (int i = 0; i < CONVERSATIONS; i++) {
      OurConversation written =
          OurConversation.write(table, GeneratedConversation.of(VALUES, owner));
      JsonObject renamed = change(written);
      compare(comparison, written, renamed);

      workOn(written);
      compare(comparison, written, rename(written.id(), renamed));
    }
    assertThat(table.mend()).contains("orphaned file: ").doesNotContain("failed", "unknown file");
    assertThat(table.mend()).endsWith("everything is in order\n");
    comparison.assertNoDifference();
    SameTable.report("Chainlit changes what Threadkeep wrote", CONVERSATIONS, comparison);
  }

  @Test
  void aThreadThatTheyDeleteShouldLeaveNothingThatTheDoctorCannotRemove() {
    String owner = VALUES.id();
    OurConversation written = OurConversation.write(table, GeneratedConversation.of(VALUES, owner));
    List<BlobKey> files = files(written);
    assertThat(files).isNotEmpty();

    table.theirs().call("delete_thread", "thread_id", written.id());

    ThreadId id = ThreadId.of(written.id());
    assertThat(Await.result(table.ours().threads().isTaken(id))).isFalse();
    assertThat(Await.result(table.ours().threads().list(UserId.of(owner), PageRequest.first(9))))
        .extracting(page -> page.items().size())
        .isEqualTo(0);
    assertThat(table.mend()).contains("unknown file: " + files.size() + " reported");

    table.create(written.id(), UserId.of(owner));
    assertThat(table.mend()).contains("orphaned file: " + files.size() + " mended");
    assertThat(files).allSatisfy(it -> assertThat(Await.result(table.files().find(it))).isEmpty());
  }

  @Test
  void aDeleteThatIsUnderWayShouldBeReadByThem() {
    OurConversation written =
        OurConversation.write(table, GeneratedConversation.of(VALUES, VALUES.id()));
    Await.result(table.ours().threads().clear(ThreadId.of(written.id())));

    JsonValue left = table.theirs().call("get_thread", "thread_id", written.id());
    assertThat(Json.list(left, "threadkeepFilesLeft")).isNotEmpty();
    assertThat(TheirList.of(table.theirs(), written.owner())).hasSize(1);

    table.mend();
    assertThat(table.theirs().call("get_thread", "thread_id", written.id()))
        .isEqualTo(JsonValue.Null.NULL);
  }

  @Test
  void aThreadWithoutANameShouldBeListedByThem() {
    UserId owner = UserId.of(VALUES.id());
    ThreadId id = table.create("nameless", owner);
    Await.result(table.ours().threads().update(id, Patch.none().andClear(ThreadAttributes.NAME)));

    assertThat(TheirList.of(table.theirs(), owner.value()))
        .extracting(thread -> Json.member(thread, "name"))
        .containsExactly(JsonValue.Null.NULL);
  }

  @Test
  void whatBreaksTheirOwnThreadsShouldBeMendedByTheDoctor() {
    ThreadId id = table.create("TEAM-1", UserId.of("ghosts"));
    table.theirs().call("upsert_feedback", "forId", "no such", "threadId", "TEAM-1", "value", 1);
    table.theirs().call("upsert_feedback", "forId", "no thread", "value", 1);
    table.theirs().call("delete_feedback", "feedback_id", "THREAD#TEAM-1::STEP#S-1");
    table.theirs().call("update_thread", "thread_id", "late", "name", "An update after a delete");
    assertThat(table.theirs().failure("get_thread", "thread_id", "TEAM-1")).contains("createdAt");
    assertThat(Await.result(table.ours().threads().load(id)).orElseThrow().skipped()).isEqualTo(1);
    assertThat(Await.result(table.ours().threads().isTaken(ThreadId.of("None")))).isTrue();
    assertThat(Await.result(table.ours().threads().isTaken(ThreadId.of("M-1")))).isTrue();

    table.mend();

    assertThat(Json.list(table.theirs().call("get_thread", "thread_id", "TEAM-1"), "steps"))
        .isEmpty();
    assertThat(Await.result(table.ours().threads().isTaken(ThreadId.of("None")))).isFalse();
    assertThat(Await.result(table.ours().threads().isTaken(ThreadId.of("M-1")))).isFalse();
    assertThat(Await.result(table.ours().threads().findAuthor(ThreadId.of("late")))).isEmpty();
  }

  /** Everything that Chainlit's layer can do to a conversation; gives the thread as it is then. */
  private static JsonObject change(OurConversation written) {
    GeneratedConversation generated = written.generated();
    for (JsonObject update : generated.updates()) {
      call(written, "update_step", Json.object("step_dict", update));
      written.change(update, now -> Json.over(now, Json.withoutNulls(update)));
    }
    JsonObject rated = generated.steps().get(1);
    JsonObject feedback =
        StoredFeedback.of(written.id(), Json.text(rated, "id"), 0)
            .with("comment", VALUES.textOrNull());
    call(written, "upsert_feedback", feedback);
    written.change(rated, now -> now.with("feedback", feedback));

    JsonObject again = generated.steps().get(2);
    call(written, "create_step", Json.object("step_dict", again));
    written.change(again, now -> again); // also its feedback is gone

    String deleted = Json.text(generated.steps().get(3), "id");
    call(written, "delete_step", Json.object("step_id", deleted));
    written.steps().remove(deleted);
    written.contents().keySet().stream()
        .findFirst()
        .ifPresent(
            element -> {
              call(written, "delete_element", Json.object("element_id", element));
              written.elements().remove(element);
            });

    JsonObject values = Json.object("name", VALUES.word(), "metadata", VALUES.object());
    call(written, "update_thread", values.with("thread_id", JsonValue.of(written.id())));
    JsonObject created = // a rename of theirs makes it anew
        Json.object("createdAt", Json.member(Reads.theirs(table, written.id()), "createdAt"));
    return Json.over(Json.over(written.thread(), values), created);
  }

  /** Threadkeep goes on with what Chainlit's layer left. */
  private static void workOn(OurConversation written) {
    ThreadId thread = ThreadId.of(written.id());
    for (String id : written.steps().keySet()) {
      StepId step = StepId.of(id);
      Patch patch =
          Patch.set(StepAttributes.OUTPUT, id)
              .and(StepAttributes.METADATA, Json.object("ours", id));
      table.change(thread, step, patch);
      table.rate(thread, step, 1);
    }
    written
        .steps()
        .replaceAll(
            (id, step) -> {
              JsonObject now = (JsonObject) step;
              JsonObject metadata = (JsonObject) Json.member(now, "metadata");
              return now.with("output", JsonValue.of(id))
                  .with("metadata", metadata.with("ours", JsonValue.of(id)))
                  .with("feedback", StoredFeedback.of(written.id(), id, 1));
            });
  }

  private static JsonObject rename(String id, JsonObject thread) {
    ChatThread renamed =
        Await.result(
            table
                .ours()
                .threads()
                .update(ThreadId.of(id), Patch.set(ThreadAttributes.NAME, "Renamed here")));
    return thread
        .with("name", JsonValue.of("Renamed here"))
        .with("updatedAt", JsonValue.of(renamed.updatedAt().orElseThrow().text()));
  }

  private static void compare(
      FieldComparison comparison, OurConversation written, JsonObject thread) {
    JsonObject expected =
        thread
            .with("steps", new JsonObject(written.steps()))
            .with("elements", new JsonObject(written.elements()));
    JsonObject ours = Reads.ours(table, written.id());
    comparison.compare(written.id(), expected, ours);
    comparison.compareAsFloats(
        "Chainlit's " + written.id(),
        ours.without("elements"),
        Reads.theirs(table, written.id()).without("elements"));
  }

  private static List<BlobKey> files(OurConversation written) {
    List<BlobKey> files = new ArrayList<>();
    for (JsonValue element : written.elements().values()) {
      Element known = ElementAttributes.SCHEMA.fromStored(Json.without(element, Set.of()));
      known.objectKey().ifPresent(files::add);
    }
    return files;
  }

  private static void call(OurConversation written, String method, JsonObject arguments) {
    table.theirs().as(written.owner(), written.id(), method, arguments);
  }
}
