package dev.threadkeep.architecture.offenders.plain;

import dev.threadkeep.architecture.offenders.Offends;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;

@Offends(value = "Every asynchronous stage is given its executor", times = 3)
final class CommonPoolNotes {
  private final BiFunction<CompletionStage<String>, Function<String, String>, Object> reference =
      CompletionStage::thenApplyAsync;

  List<Object> anywhere(CompletionStage<String> stage) {
    return List.of(
        reference, stage.thenAcceptAsync(text -> {}), CompletableFuture.supplyAsync(() -> "x"));
  }

  List<Object> where(CompletionStage<String> stage, Executor executor) {
    return List.of(
        stage.thenAcceptAsync(text -> {}, executor),
        CompletableFuture.supplyAsync(() -> "x", executor));
  }
}
