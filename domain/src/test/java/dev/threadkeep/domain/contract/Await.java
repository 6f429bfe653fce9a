package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Page;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Waits for stages, as only tests may. */
public final class Await {
  /** Generous, because engines on busy machines are slow; no test is about time. */
  private static final long PATIENCE_SECONDS = 60;

  private static final int AT_ONCE = 32;

  private Await() {}

  /**
   * What the stage gives.
   *
   * @throws DataLayerException what it failed with
   * @throws AssertionError when it failed with anything else, or did not end
   */
  public static <T> T result(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw asDataLayerException(failed.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("no result after " + PATIENCE_SECONDS + " s", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  /** What the stages give, which were all started before this waits. */
  public static <T> List<T> results(Collection<? extends CompletionStage<T>> stages) {
    return stages.stream().map(Await::result).toList();
  }

  /** What the calls give, of which only some are under way at any time. */
  public static <T> List<T> all(List<? extends Supplier<? extends CompletionStage<T>>> calls) {
    List<T> results = new ArrayList<>();
    for (int from = 0; from < calls.size(); from += AT_ONCE) {
      List<? extends CompletionStage<T>> started =
          calls.subList(from, Math.min(from + AT_ONCE, calls.size())).stream()
              .map(Supplier::get)
              .toList();
      results.addAll(results(started));
    }
    return results;
  }

  /** What all pages of a listing have, asked for one after the other. */
  public static <T> List<T> pages(
      Function<Optional<Cursor>, ? extends CompletionStage<Page<T>>> list) {
    List<T> items = new ArrayList<>();
    Optional<Cursor> next = Optional.empty();
    do {
      Page<T> page = result(list.apply(next));
      items.addAll(page.items());
      next = page.next();
    } while (next.isPresent());
    return items;
  }

  /**
   * The error of a call, which must neither throw it nor give a result.
   *
   * @param call throws nothing, gives a stage that fails
   */
  public static DataLayerException failure(Supplier<? extends CompletionStage<?>> call) {
    CompletionStage<?> stage;
    try {
      stage = call.get();
    } catch (RuntimeException thrown) {
      throw new AssertionError("threw instead of giving a stage that fails", thrown);
    }
    Object result;
    try {
      result = result(stage);
    } catch (DataLayerException error) {
      return error;
    }
    throw new AssertionError("did not fail but gave " + result);
  }

  /** Asserts that a call fails with this code, and that its message begins like this. */
  public static void refused(
      ErrorCode code, String messageStart, Supplier<? extends CompletionStage<?>> call) {
    DataLayerException error = failure(call);
    assertThat(error.getMessage()).startsWith(messageStart);
    assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
  }

  /** What a read finds; one that is refused for its arguments finds nothing. */
  public static <T> Optional<T> found(CompletionStage<Optional<T>> stage) {
    try {
      return result(stage);
    } catch (DataLayerException error) {
      assertThat(error.code()).isIn(ErrorCode.INVALID, ErrorCode.TOO_LARGE);
      return Optional.empty();
    }
  }

  private static DataLayerException asDataLayerException(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof DataLayerException error) {
      return error;
    }
    throw new AssertionError("failed with something that is no DataLayerException", cause);
  }
}
