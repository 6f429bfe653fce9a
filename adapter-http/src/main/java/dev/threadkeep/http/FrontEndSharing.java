package dev.threadkeep.http;

import dev.threadkeep.application.Files;
import dev.threadkeep.application.SharedThread;
import dev.threadkeep.application.SharingService;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ThreadId;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Sharing, as Chainlit's front end calls for it. The files of a shared thread are served here, at
 * no address that would outlive the sharing.
 */
final class FrontEndSharing {
  private static final String SHARED = "/project/share/";

  private final SharingService sharing;
  private final FileAnswers answers;
  private final String publicUrl;

  /**
   * @param publicUrl what the addresses of files begin with; without it they are relative
   */
  FrontEndSharing(SharingService sharing, Files files, Optional<URI> publicUrl) {
    this.sharing = sharing;
    this.answers = new FileAnswers(files);
    this.publicUrl = publicUrl.map(url -> url.toString().replaceFirst("/$", "")).orElse("");
  }

  List<Route> routes() {
    return List.of(
        Route.put("/project/thread/share", Access.CALLERS, this::share),
        Route.get(SHARED + "{id}", Access.ANYONE, this::view),
        Route.get(SHARED + "{id}/element/{elementId}", Access.ANYONE, this::file));
  }

  private CompletionStage<Answer> share(Call call) {
    ThreadId thread = ThreadId.of(call.body().text("threadId"));
    CompletionStage<ChatThread> changed =
        call.body().flag("isShared")
            ? sharing.share(call.caller(), thread)
            : sharing.unshare(call.caller(), thread);
    return changed.thenApply(done -> Answer.success());
  }

  private CompletionStage<Answer> view(Call call) {
    return sharing
        .view(ThreadId.of(call.id("id")), call.memory())
        .thenApply(shared -> Answer.ok(FrontEndThreads.body(withAddresses(shared))));
  }

  private CompletionStage<Answer> file(Call call) {
    return sharing
        .viewFile(ThreadId.of(call.id("id")), ElementId.of(call.id("elementId")))
        .thenCompose(
            element ->
                answers.answer(
                    call, element.objectKey().orElseThrow(), element.name(), FileRoutes.ALL_PAGES));
  }

  private Conversation withAddresses(SharedThread shared) {
    Conversation all = shared.conversation();
    List<Element> elements =
        all.elements().stream()
            .map(
                element ->
                    shared.withFile().contains(element.id())
                        ? Element.builder().from(element).url(address(element)).build()
                        : element)
            .toList();
    return new Conversation(all.thread(), all.steps(), elements, all.skipped());
  }

  private String address(Element element) {
    return publicUrl
        + SHARED
        + encode(element.threadId().value())
        + "/element/"
        + encode(element.id().value());
  }

  private static String encode(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
