package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.json.JsonValue;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Threads that expire, in the hands of Chainlit's own layer. */
class SameTableExpiryInterop {
  private static final UserId OWNER = UserId.of("expiry");
  private static final ThreadId THREAD = ThreadId.of("expires");
  private static final Instant END = Instant.parse("2999-01-01T00:00:00Z");

  @RegisterExtension static final SameTable table = SameTable.create();

  @Test
  void theirLayerShouldReadAThreadThatExpiresAndKeepItsEnd() {
    Await.result(
        table
            .ours()
            .threads()
            .create(
                ChatThread.builder().id(THREAD).userId(OWNER).name("A").expiresAt(END).build()));
    Await.result(
        table.ours().steps().upsert(Step.userMessage(THREAD, StepId.of("s"), "Where to?")));

    JsonValue read = table.theirs().call("get_thread", "thread_id", THREAD.value());
    assertThat(Json.member(read, "threadkeepExpiresAt"))
        .isEqualTo(JsonValue.of(END.getEpochSecond()));
    assertThat(((JsonValue.Array) Json.member(read, "steps")).items()).hasSize(1);

    table
        .theirs()
        .as(
            OWNER.value(),
            THREAD.value(),
            "update_thread",
            Json.object("thread_id", THREAD.value(), "name", "B", "user_id", OWNER.value()));

    ChatThread stored = Await.result(table.ours().threads().find(THREAD)).orElseThrow();
    assertThat(stored.name()).contains("B");
    assertThat(stored.expiresAt()).contains(END);
  }
}
