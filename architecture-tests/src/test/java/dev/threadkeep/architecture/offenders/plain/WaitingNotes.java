package dev.threadkeep.architecture.offenders.plain;

import dev.threadkeep.architecture.offenders.Offends;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

@Offends(value = "Nobody but the bootstrap waits for a future", times = 5)
final class WaitingNotes {
  List<Object> wait(CompletionStage<String> stage, ExecutorService executor)
      throws ExecutionException, InterruptedException, TimeoutException {
    return List.of(
        stage.toCompletableFuture().join(),
        stage.toCompletableFuture().get(),
        stage.toCompletableFuture().get(1, TimeUnit.SECONDS),
        Stream.of(stage.toCompletableFuture()).map(CompletableFuture::join).toList(),
        executor.submit(() -> "x").get());
  }
}
