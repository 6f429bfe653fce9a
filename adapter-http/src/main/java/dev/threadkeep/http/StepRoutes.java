package dev.threadkeep.http;

import dev.threadkeep.application.StepService;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Steps in the service API. */
final class StepRoutes {
  private static final String STEPS = "/v1/threads/{id}/steps";
  private static final String STEP = STEPS + "/{stepId}";

  private final StepService steps;

  StepRoutes(StepService steps) {
    this.steps = steps;
  }

  List<Route> routes() {
    return List.of(
        Route.put(STEP, Access.CALLERS, this::put),
        Route.patch(STEP, Access.CALLERS, this::patch),
        Route.get(STEP, Access.CALLERS, this::get),
        Route.delete(STEP, Access.CALLERS, this::delete),
        Route.get(STEPS, Access.CALLERS, this::list).knowing("first", "cursor"),
        Route.post(STEPS, Access.CALLERS, this::putAll),
        Route.put(STEP + "/favorite", Access.CALLERS, this::mark).taking(Route.Input.NONE),
        Route.delete(STEP + "/favorite", Access.CALLERS, this::unmark),
        Route.get("/v1/users/{identifier}/favorites", Access.CALLERS, this::listFavorites));
  }

  private CompletionStage<Answer> put(Call call) {
    Step step = StepAttributes.SCHEMA.fromCaller(call.body().withIds(ids(call)));
    return steps.put(call.caller(), step).thenApply(StepRoutes::answer);
  }

  private CompletionStage<Answer> patch(Call call) {
    Patch patch = new Patch(call.body().withoutIds(ids(call)).json());
    return steps
        .update(call.caller(), thread(call), step(call), patch)
        .thenApply(StepRoutes::answer);
  }

  private CompletionStage<Answer> get(Call call) {
    return steps.get(call.caller(), thread(call), step(call)).thenApply(StepRoutes::answer);
  }

  private CompletionStage<Answer> delete(Call call) {
    return steps
        .delete(call.caller(), thread(call), step(call))
        .thenApply(deleted -> Answer.noContent());
  }

  private CompletionStage<Answer> list(Call call) {
    PageRequest page = call.query().page();
    return Pages.answer(
        steps.list(call.caller(), thread(call), page), page, StepAttributes.SCHEMA::toJson);
  }

  private CompletionStage<Answer> putAll(Call call) {
    List<JsonObject> given = call.body().objects("steps");
    if (given.size() > Limits.BULK_STEPS) {
      throw DataLayerException.invalid(
          "steps", given.size() + " steps, at most " + Limits.BULK_STEPS);
    }
    Map<String, String> ids = Map.of(StepAttributes.THREAD_ID.name(), call.id("id"));
    List<Step> batch = new ArrayList<>();
    for (JsonObject step : given) {
      batch.add(read(new Body(step, ""), ids, "steps[" + batch.size() + "]"));
    }
    return steps
        .putAll(call.caller(), thread(call), batch)
        .thenApply(
            results -> Answer.ok(JsonObject.of("results", new JsonValue.Array(json(results)))));
  }

  private CompletionStage<Answer> mark(Call call) {
    return steps.mark(call.caller(), thread(call), step(call)).thenApply(StepRoutes::answer);
  }

  private CompletionStage<Answer> unmark(Call call) {
    return steps.unmark(call.caller(), thread(call), step(call)).thenApply(StepRoutes::answer);
  }

  private CompletionStage<Answer> listFavorites(Call call) {
    return steps
        .listFavorites(call.caller(), UserId.of(call.id("identifier")))
        .thenApply(
            favorites ->
                Answer.ok(
                    JsonObject.of(
                        "data",
                        new JsonValue.Array(
                            favorites.stream()
                                .<JsonValue>map(StepAttributes.SCHEMA::toJson)
                                .toList()))));
  }

  private static Step read(Body step, Map<String, String> ids, String place) {
    try {
      return StepAttributes.SCHEMA.fromCaller(step.withIds(ids));
    } catch (DataLayerException invalid) {
      throw invalid.within(place);
    }
  }

  private static List<JsonValue> json(List<WriteResult<StepId>> results) {
    return results.stream().<JsonValue>map(StepRoutes::json).toList();
  }

  private static JsonObject json(WriteResult<StepId> result) {
    JsonObject id = JsonObject.of("id", JsonValue.of(result.id().value()));
    return result
        .error()
        .map(Problem::of)
        .map(
            problem ->
                id.with("status", JsonValue.of(problem.status())).with("error", problem.json()))
        .orElse(id.with("status", JsonValue.of(200)));
  }

  private static Answer answer(Step step) {
    return Answer.ok(StepAttributes.SCHEMA.toJson(step));
  }

  private static Map<String, String> ids(Call call) {
    return Map.of(
        StepAttributes.ID.name(), call.id("stepId"),
        StepAttributes.THREAD_ID.name(), call.id("id"));
  }

  private static ThreadId thread(Call call) {
    return ThreadId.of(call.id("id"));
  }

  private static StepId step(Call call) {
    return StepId.of(call.id("stepId"));
  }
}
