package dev.threadkeep.http;

import dev.threadkeep.application.ElementService;
import dev.threadkeep.application.Files;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.http.ThreadkeepServer.FileAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The files of elements. Where this server is the one that serves them it does so, else it sends
 * callers to an address at the store.
 */
final class FileRoutes {
  private static final String CONTENT = "/v1/threads/{id}/elements/{elementId}/content";

  /** For those who are signed in: their cookie must not make it part of another site's pages. */
  private static final String OWN_PAGES = "same-origin";

  /** Whoever has the address may read the file, and show it in a page. */
  static final String ALL_PAGES = "cross-origin";

  private final ElementService elements;
  private final Files files;
  private final Optional<FileAddresses> addresses;
  private final FileAnswers answers;

  FileRoutes(ElementService elements, Files files, Optional<FileAddresses> addresses) {
    this.elements = elements;
    this.files = files;
    this.addresses = addresses;
    this.answers = new FileAnswers(files);
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.put(CONTENT, Access.CALLERS, this::put).taking(Route.Input.FILE));
    routes.add(Route.get(CONTENT, Access.CALLERS, this::get));
    addresses.ifPresent(
        own -> routes.add(Route.get("/files/{key}", Access.ANYONE, call -> signed(call, own))));
    return routes;
  }

  private CompletionStage<Answer> put(Call call) {
    return elements
        .putContent(call.caller(), thread(call), element(call), call.upload())
        .thenApply(ElementRoutes::answer);
  }

  private CompletionStage<Answer> get(Call call) {
    return elements
        .getWithFile(call.caller(), thread(call), element(call))
        .thenCompose(element -> content(call, element));
  }

  private CompletionStage<Answer> content(Call call, Element element) {
    BlobKey key = element.objectKey().orElseThrow();
    boolean isHead = call.request().getMethod().equals("HEAD"); // which a store's address refuses
    return addresses.isPresent() || isHead
        ? answers.answer(call, key, element.name(), OWN_PAGES)
        : files.address(key).thenApply(Answer::redirect);
  }

  private CompletionStage<Answer> signed(Call call, FileAddresses own) {
    BlobKey key = BlobKey.of(call.segment("key"));
    String expires = call.query().text("expires").orElse("");
    String signature = call.query().text("signature").orElse("");
    if (!own.verify(key, expires, signature)) {
      throw new RefusedException(
          Code.FORBIDDEN, "the address is not one of this server, or has expired");
    }
    return answers.answer(call, key, Optional.empty(), ALL_PAGES);
  }

  private static ThreadId thread(Call call) {
    return ThreadId.of(call.id("id"));
  }

  private static ElementId element(Call call) {
    return ElementId.of(call.id("elementId"));
  }
}
