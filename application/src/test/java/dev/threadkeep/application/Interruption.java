package dev.threadkeep.application;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.DelegatingBlobStore;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.domain.port.TransferRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;

/** Stores in which so many writes succeed, and none after that: as if the process were killed. */
final class Interruption {
  private final int writes;
  private final boolean isLastDone;
  private int done;

  /**
   * @param isLastDone whether the write that fails first is done nevertheless, as when its reply is
   *     lost
   */
  Interruption(int writes, boolean isLastDone) {
    this.writes = writes;
    this.isLastDone = isLastDone;
  }

  /** Nothing is ever interrupted; it only counts. */
  static Interruption never() {
    return new Interruption(Integer.MAX_VALUE, false);
  }

  int done() {
    return done;
  }

  DataStore of(DataStore store) {
    return restoring(store, item -> write(() -> store.transfer().restore(item)));
  }

  BlobStore of(BlobStore store) {
    return new DelegatingBlobStore(store) {
      @Override
      public CompletionStage<Long> upload(
          BlobKey key, Flow.Publisher<ByteBuffer> content, UploadOptions options) {
        return write(() -> super.upload(key, content, options));
      }
    };
  }

  /** A store that restores in another way. */
  static DataStore restoring(
      DataStore store, Function<StoredItem, CompletionStage<Boolean>> restore) {
    return delegate(
        DataStore.class,
        store,
        "transfer",
        nothing ->
            delegate(
                TransferRepository.class,
                store.transfer(),
                "restore",
                item -> restore.apply((StoredItem) item[0])));
  }

  private static <T> T delegate(
      Class<T> type, T target, String method, Function<Object[], Object> instead) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                return instead.apply(arguments);
              }
              try {
                return called.invoke(target, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            }));
  }

  private synchronized <T> CompletionStage<T> write(Supplier<CompletionStage<T>> call) {
    done++;
    if (done <= writes) {
      return call.get();
    }
    CompletionStage<T> killed =
        CompletableFuture.failedStage(new DataLayerException(ErrorCode.UNAVAILABLE, "killed"));
    return isLastDone && done == writes + 1 ? call.get().thenCompose(lost -> killed) : killed;
  }
}
