package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.application.Caller;
import dev.threadkeep.application.ChatServices;
import dev.threadkeep.application.Upload;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Chunks;
import dev.threadkeep.domain.contract.LargeStepContract.Large;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** What a process is at when it is stopped. All is about one thread of Ada's. */
enum StoppedOperation {
  UPLOAD_OF_A_NEW_FILE {
    @Override
    CompletionStage<?> run(ChatServices chat) {
      return upload(chat, "new", NEW, true);
    }

    @Override
    void checkDone(ChatServices chat) {
      assertThat(ids(conversation(chat).orElseThrow())).contains("new");
    }
  },
  UPLOAD_OF_A_STREAM {
    @Override
    CompletionStage<?> run(ChatServices chat) {
      return upload(chat, "new", new byte[12_000_000], false);
    }

    @Override
    void checkDone(ChatServices chat) {
      assertThat(ids(conversation(chat).orElseThrow())).contains("new");
    }
  },
  UPLOAD_IN_THE_PLACE_OF_A_FILE {
    @Override
    CompletionStage<?> run(ChatServices chat) {
      return upload(chat, "e0", NEW, true);
    }

    @Override
    void checkDone(ChatServices chat) {
      assertThat(ids(conversation(chat).orElseThrow())).contains("e0");
    }
  },
  DELETE_OF_AN_ELEMENT {
    @Override
    CompletionStage<?> run(ChatServices chat) {
      return chat.elements().delete(ADA, THREAD, ElementId.of("e0"));
    }

    @Override
    void checkDone(ChatServices chat) {
      assertThat(ids(conversation(chat).orElseThrow())).doesNotContain("e0").contains("e1");
    }
  },
  DELETE_OF_A_STEP {
    @Override
    CompletionStage<?> run(ChatServices chat) {
      return chat.steps().delete(ADA, THREAD, LARGE);
    }

    @Override
    void checkDone(ChatServices chat) {
      Conversation left = conversation(chat).orElseThrow();
      assertThat(ids(left)).isEmpty();
      assertThat(left.steps()).extracting(Step::id).doesNotContain(LARGE);
    }
  },
  DELETE_OF_A_THREAD {
    @Override
    CompletionStage<?> run(ChatServices chat) {
      return chat.threads().delete(ADA, THREAD);
    }

    @Override
    void checkDone(ChatServices chat) {
      assertThat(conversation(chat)).isEmpty();
    }
  },
  CHANGE_OF_A_LARGE_STEP {
    @Override
    CompletionStage<?> run(ChatServices chat) {
      return patch(chat, LARGE, CHANGED);
    }

    @Override
    void checkDone(ChatServices chat) {
      assertThat(output(chat, LARGE)).isEqualTo(CHANGED);
    }
  },
  GROWTH_OF_A_SMALL_STEP {
    @Override
    CompletionStage<?> run(ChatServices chat) {
      return patch(chat, SMALL, CHANGED);
    }

    @Override
    void checkDone(ChatServices chat) {
      assertThat(output(chat, SMALL)).isEqualTo(CHANGED);
    }
  },
  SHRINKING_OF_A_LARGE_STEP {
    @Override
    CompletionStage<?> run(ChatServices chat) {
      return patch(chat, LARGE, "small now");
    }

    @Override
    void checkDone(ChatServices chat) {
      assertThat(output(chat, LARGE)).isEqualTo("small now");
    }
  },
  FAVORITE_OF_A_LARGE_STEP {
    @Override
    CompletionStage<?> run(ChatServices chat) {
      JsonObject favorite = JsonObject.of("favorite", JsonValue.of(true));
      return chat.steps().update(ADA, THREAD, LARGE, Patch.set(StepAttributes.METADATA, favorite));
    }

    @Override
    void checkDone(ChatServices chat) {
      assertThat(output(chat, LARGE)).isEqualTo(BEFORE);
    }
  };

  static final ThreadId THREAD = ThreadId.of("trip");
  static final StepId LARGE = StepId.of("large");
  static final StepId SMALL = StepId.of("s00");
  static final Caller ADA = Caller.person(UserId.of("ada"));
  static final String BEFORE = Large.text(400_000);
  static final String CHANGED = Large.text(500_000);
  private static final byte[] OLD = {1, 2, 3};
  private static final byte[] NEW = {4, 5, 6, 7};

  /** Does it. */
  abstract CompletionStage<?> run(ChatServices chat);

  /** Asserts that it is done. */
  abstract void checkDone(ChatServices chat);

  /** Thirty messages, one large one, and its two elements with files. */
  static void prepare(ChatServices chat) {
    Await.result(chat.threads().put(ADA, ChatThread.builder().id(THREAD).name("Trip").build()));
    List<Step> steps =
        IntStream.range(0, 30)
            .mapToObj(i -> Step.userMessage(THREAD, StepId.of("s%02d".formatted(i)), "small"))
            .toList();
    Await.result(chat.steps().putAll(ADA, THREAD, steps));
    Await.result(chat.steps().put(ADA, Step.assistantMessage(THREAD, LARGE, BEFORE)));
    for (String id : List.of("e0", "e1")) {
      Await.result(upload(chat, id, OLD, true));
      Await.result(
          chat.elements()
              .put(
                  ADA,
                  Element.builder().threadId(THREAD).id(ElementId.of(id)).stepId(LARGE).build()));
    }
  }

  /**
   * Asserts that reads work and give what was or what is to be, nothing in between; every element
   * that there is has its file.
   */
  static void checkReads(ChatServices chat, List<String> files) {
    Optional<Conversation> conversation = conversation(chat);
    if (conversation.isEmpty()) {
      return;
    }
    assertThat(conversation.get().skipped()).isZero();
    for (Step step : conversation.get().steps()) {
      assertThat(step.other().members()).isEmpty();
      assertThat(step.output().orElseThrow()).isIn("small", "small now", BEFORE, CHANGED);
    }
    for (Element element : conversation.get().elements()) {
      assertThat(element.url()).isPresent();
      assertThat(files).contains(element.objectKey().orElseThrow().value());
    }
  }

  static Optional<Conversation> conversation(ChatServices chat) {
    try {
      return Optional.of(Await.result(chat.threads().load(ADA, THREAD)));
    } catch (DataLayerException gone) {
      assertThat(gone.code()).isEqualTo(ErrorCode.NOT_FOUND);
      return Optional.empty();
    }
  }

  private static CompletionStage<?> upload(
      ChatServices chat, String id, byte[] bytes, boolean announced) {
    return chat.elements()
        .putContent(
            ADA,
            THREAD,
            ElementId.of(id),
            new Upload(
                "image/png",
                announced ? OptionalLong.of(bytes.length) : OptionalLong.empty(),
                Chunks.of(bytes, 64_000)));
  }

  private static CompletionStage<?> patch(ChatServices chat, StepId step, String output) {
    return chat.steps().update(ADA, THREAD, step, Patch.set(StepAttributes.OUTPUT, output));
  }

  private static String output(ChatServices chat, StepId step) {
    return Await.result(chat.steps().get(ADA, THREAD, step)).output().orElseThrow();
  }

  private static List<String> ids(Conversation conversation) {
    return conversation.elements().stream().map(it -> it.id().value()).toList();
  }
}
