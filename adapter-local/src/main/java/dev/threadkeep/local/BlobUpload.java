package dev.threadkeep.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream to a draft, one buffer at a time: the next is asked for when the last is written.
 * What fails, here or at the publisher, discards the draft.
 */
final class BlobUpload implements Flow.Subscriber<ByteBuffer> {
  /** Puts a whole draft in its place. */
  @FunctionalInterface
  interface Commit {
    long run(BlobDraft draft) throws IOException;
  }

  /** A step of the upload. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private final Callable<BlobDraft> begin;
  private final Commit commit;
  private final Function<Throwable, Throwable> translation;
  private final Executor executor;
  private final CompletableFuture<Long> result = new CompletableFuture<>();

  /** Ends when all signals so far are dealt with; it keeps them in their order. */
  private CompletionStage<Void> signals = CompletableFuture.completedStage(null);

  private @Nullable BlobDraft draft;
  private Flow.@Nullable Subscription subscription;

  BlobUpload(
      Callable<BlobDraft> begin,
      Commit commit,
      Function<Throwable, Throwable> translation,
      Executor executor) {
    this.begin = begin;
    this.commit = commit;
    this.translation = translation;
    this.executor = executor;
  }

  /** How many bytes were stored, or why they were not. */
  CompletionStage<Long> result() {
    return result;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    next(
        () -> {
          subscription = given;
          draft = begin.call();
          given.request(1);
        });
  }

  @Override
  public void onNext(ByteBuffer buffer) {
    next(
        () -> {
          draft().write(buffer);
          if (subscription != null) {
            subscription.request(1);
          }
        });
  }

  @Override
  public void onError(Throwable failure) {
    next(() -> fail(failure));
  }

  @Override
  public void onComplete() {
    next(() -> result.complete(commit.run(draft())));
  }

  private BlobDraft draft() {
    if (draft == null) {
      throw new IllegalStateException("a publisher must call onSubscribe first");
    }
    return draft;
  }

  private void next(Work work) {
    signals = signals.thenRunAsync(() -> attempt(work), executor).exceptionally(this::closed);
  }

  private void attempt(Work work) {
    if (!result.isDone()) {
      try {
        work.run();
      } catch (Throwable failure) {
        fail(failure);
      }
    }
  }

  /** The store was closed meanwhile, so there is no thread left to do it. */
  private Void closed(Throwable rejected) {
    fail(rejected);
    return null;
  }

  private void fail(Throwable failure) {
    Throwable error = translation.apply(failure);
    try {
      if (draft != null) {
        draft.discard();
      }
    } catch (IOException leftBehind) {
      error.addSuppressed(leftBehind);
    }
    result.completeExceptionally(error);
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
