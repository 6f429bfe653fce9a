package dev.threadkeep.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who has to do something next while a file arrives; neither side may pause for too long. */
final class UploadPauses {
  private enum Side {
    NOBODY,
    CLIENT,
    STORE
  }

  private final Pause pause;
  private final CompletableFuture<Void> storeIsLate = new CompletableFuture<>();
  private Side awaited = Side.NOBODY;

  UploadPauses(Duration longest) {
    this.pause = new Pause(longest);
  }

  /** Completes when the store has done nothing for too long. */
  CompletionStage<Void> storeIsLate() {
    return storeIsLate;
  }

  void awaitStore() {
    await(Side.STORE, () -> storeIsLate.complete(null));
  }

  void awaitClient(Runnable tooLong) {
    await(Side.CLIENT, tooLong);
  }

  /** Something has happened: the next pause is another one. */
  synchronized void awaitNobody() {
    awaited = Side.NOBODY;
    pause.end();
  }

  private synchronized void await(Side side, Runnable tooLong) {
    if (awaited != side) {
      awaited = side;
      pause.begin(tooLong);
    }
  }
}
