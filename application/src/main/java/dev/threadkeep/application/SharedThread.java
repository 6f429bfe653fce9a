package dev.threadkeep.application;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepType;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What those see of a shared thread who have its link. It holds what is needed to show it and says
 * nothing of its owner: no ids of users (the {@code name} of a user's message is one), no feedback,
 * no tags, no keys of files, no settings of language models, no unknown attributes, and of the
 * metadata only {@code is_shared} and {@code shared_at}.
 *
 * @param conversation the thread, its elements without the addresses of their files
 * @param withFile the elements that have a file
 */
public record SharedThread(Conversation conversation, Set<ElementId> withFile) {
  static final String IS_SHARED = "is_shared";
  static final String SHARED_AT = "shared_at";

  /** Others, as {@code javascript:}, would act in the name of the page that shows them. */
  private static final Pattern WEB = Pattern.compile("(?i)https?://.*", Pattern.DOTALL);

  /** Whether a thread is shared now. */
  static boolean isShared(ChatThread thread) {
    return thread
        .metadata()
        .flatMap(metadata -> metadata.get(IS_SHARED))
        .equals(Optional.of(JsonValue.of(true)));
  }

  static SharedThread of(Conversation whole) {
    return new SharedThread(
        new Conversation(
            shown(whole.thread()),
            whole.steps().stream().map(step -> shown(step, whole.thread().userId())).toList(),
            whole.elements().stream().map(SharedThread::shown).toList(),
            whole.skipped()),
        whole.elements().stream()
            .filter(element -> element.objectKey().isPresent())
            .map(Element::id)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static ChatThread shown(ChatThread thread) {
    Map<String, JsonValue> metadata =
        new TreeMap<>(thread.metadata().orElse(JsonObject.empty()).members());
    metadata.keySet().retainAll(Set.of(IS_SHARED, SHARED_AT));
    return ChatThread.builder()
        .id(thread.id())
        .name(thread.name())
        .createdAt(thread.createdAt())
        .metadata(new JsonObject(metadata))
        .build();
  }

  private static Step shown(Step step, Optional<UserId> owner) {
    boolean isOfUser =
        step.type().equals(Optional.of(StepType.USER_MESSAGE))
            || step.name().equals(owner.map(UserId::value)); // of a type that we do not know
    return Step.builder()
        .id(step.id())
        .threadId(step.threadId())
        .parentId(step.parentId())
        .name(isOfUser ? Optional.empty() : step.name())
        .type(step.type())
        .command(step.command())
        .isError(step.isError())
        .input(step.input())
        .output(step.output())
        .createdAt(step.createdAt())
        .start(step.start())
        .end(step.end())
        .showInput(step.showInput())
        .defaultOpen(step.defaultOpen())
        .autoCollapse(step.autoCollapse())
        .language(step.language())
        .icon(step.icon())
        .build();
  }

  private static Element shown(Element element) {
    return Element.builder()
        .id(element.id())
        .threadId(element.threadId())
        .stepId(element.stepId())
        .type(element.type())
        .url(
            element
                .url()
                .filter(url -> element.objectKey().isEmpty() && WEB.matcher(url).matches()))
        .name(element.name())
        .display(element.display())
        .size(element.size())
        .props(element.props())
        .page(element.page())
        .autoPlay(element.autoPlay())
        .playerConfig(element.playerConfig())
        .language(element.language())
        .mime(element.mime())
        .build();
  }
}
