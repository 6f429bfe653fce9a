package dev.threadkeep.http;

import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Pages as both faces answer them: {@code pageInfo} and {@code data}. */
final class Pages {
  private Pages() {}

  /**
   * The answer that a page becomes. Size and filter are checked before a store is asked, so what a
   * store finds invalid is the cursor: a malformed request.
   */
  static <T> CompletionStage<Answer> answer(
      CompletionStage<Page<T>> listing, PageRequest request, Function<T, JsonObject> toJson) {
    return listing
        .exceptionallyCompose(failure -> CompletableFuture.failedStage(badCursor(failure)))
        .thenApply(page -> Answer.ok(body(page, request, toJson)));
  }

  private static <T> JsonBody body(
      Page<T> page, PageRequest request, Function<T, JsonObject> toJson) {
    return JsonBody.startingWith(JsonObject.of("pageInfo", info(page, request)))
        .list(
            "data", page.items(), (item, members) -> toJson.apply(item).members().forEach(members))
        .build();
  }

  private static JsonObject info(Page<?> page, PageRequest request) {
    JsonObject info =
        JsonObject.of("hasNextPage", JsonValue.of(page.next().isPresent()))
            .with("startCursor", json(request.after()))
            .with("endCursor", json(page.next()));
    return page.stoppedAtBudget() ? info.with("partial", JsonValue.of(true)) : info;
  }

  private static JsonValue json(Optional<Cursor> cursor) {
    return cursor.<JsonValue>map(it -> JsonValue.of(it.value())).orElse(JsonValue.Null.NULL);
  }

  private static Throwable badCursor(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof DataLayerException error && error.code() == ErrorCode.INVALID
        ? RefusedException.malformed(error)
        : failure;
  }
}
