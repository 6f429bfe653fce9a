package dev.threadkeep.http;

import dev.threadkeep.application.ElementService;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ThreadId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Elements in the service API, without the content of their files. */
final class ElementRoutes {
  private static final String ELEMENT = "/v1/threads/{id}/elements/{elementId}";

  private final ElementService elements;

  ElementRoutes(ElementService elements) {
    this.elements = elements;
  }

  List<Route> routes() {
    return List.of(
        Route.put(ELEMENT, Access.CALLERS, this::put),
        Route.get(ELEMENT, Access.CALLERS, this::get),
        Route.delete(ELEMENT, Access.CALLERS, this::delete));
  }

  private CompletionStage<Answer> put(Call call) {
    Element element =
        ElementAttributes.SCHEMA.fromCaller(
            call.body()
                .withIds(
                    Map.of(
                        ElementAttributes.ID.name(), call.id("elementId"),
                        ElementAttributes.THREAD_ID.name(), call.id("id"))));
    return elements.put(call.caller(), element).thenApply(ElementRoutes::answer);
  }

  private CompletionStage<Answer> get(Call call) {
    return elements
        .get(call.caller(), thread(call), element(call))
        .thenApply(ElementRoutes::answer);
  }

  private CompletionStage<Answer> delete(Call call) {
    return elements
        .delete(call.caller(), thread(call), element(call))
        .thenApply(deleted -> Answer.noContent());
  }

  static Answer answer(Element element) {
    return Answer.ok(ElementAttributes.SCHEMA.toJson(element));
  }

  private static ThreadId thread(Call call) {
    return ThreadId.of(call.id("id"));
  }

  private static ElementId element(Call call) {
    return ElementId.of(call.id("elementId"));
  }
}
