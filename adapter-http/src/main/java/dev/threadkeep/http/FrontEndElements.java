package dev.threadkeep.http;

import dev.threadkeep.application.Caller;
import dev.threadkeep.application.ElementService;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ElementType;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Elements, as Chainlit's front end calls for them. It changes custom elements only; whatever
 * address or path it names with them is ignored.
 */
final class FrontEndElements {
  /** What a front end may say of a custom element. */
  private static final List<String> TAKEN =
      List.of("id", "threadId", "type", "forId", "name", "props", "display");

  /** What Chainlit's server says of an element that is not custom. */
  private static final Answer NOT_CUSTOM = Answer.ok(JsonObject.of("success", JsonValue.of(false)));

  private final ElementService elements;

  FrontEndElements(ElementService elements) {
    this.elements = elements;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/project/thread/{id}/element/{elementId}", Access.CALLERS, this::get),
        Route.put("/project/element", Access.CALLERS, this::put),
        Route.delete("/project/element", Access.CALLERS, this::delete).taking(Route.Input.JSON));
  }

  private CompletionStage<Answer> get(Call call) {
    return elements
        .get(call.caller(), ThreadId.of(call.id("id")), ElementId.of(call.id("elementId")))
        .thenApply(element -> Answer.ok(ElementAttributes.SCHEMA.toJson(element)));
  }

  private CompletionStage<Answer> put(Call call) {
    Body given = call.body().object("element");
    if (!isCustom(given)) {
      return CompletableFuture.completedStage(NOT_CUSTOM);
    }
    Element element = ElementAttributes.SCHEMA.fromCaller(given.only(TAKEN));
    return find(call.caller(), element.threadId(), element.id())
        .thenCompose(
            stored ->
                stored.map(FrontEndElements::isCustom).orElse(true)
                    ? elements.put(call.caller(), element).thenApply(it -> Answer.success())
                    : CompletableFuture.completedStage(NOT_CUSTOM));
  }

  private CompletionStage<Answer> delete(Call call) {
    Body given = call.body().object("element");
    if (!isCustom(given)) {
      return CompletableFuture.completedStage(NOT_CUSTOM);
    }
    ThreadId thread = ThreadId.of(given.text("threadId"));
    ElementId id = ElementId.of(given.text("id"));
    return elements
        .get(call.caller(), thread, id)
        .thenCompose(
            stored ->
                isCustom(stored)
                    ? elements.delete(call.caller(), thread, id).thenApply(it -> Answer.success())
                    : CompletableFuture.completedStage(NOT_CUSTOM));
  }

  /** The stored element; nothing where there is none, or the thread is not the caller's. */
  private CompletionStage<Optional<Element>> find(Caller caller, ThreadId thread, ElementId id) {
    return elements
        .get(caller, thread, id)
        .thenApply(Optional::of)
        .exceptionallyCompose(
            failure ->
                isNotFound(failure)
                    ? CompletableFuture.completedStage(Optional.empty())
                    : CompletableFuture.failedStage(failure));
  }

  private static boolean isCustom(Body given) {
    return given.text("type").equals(ElementType.CUSTOM.value());
  }

  private static boolean isCustom(Element stored) {
    return stored.type().equals(Optional.of(ElementType.CUSTOM));
  }

  private static boolean isNotFound(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof DataLayerException error && error.code() == ErrorCode.NOT_FOUND;
  }
}
