package dev.threadkeep.http;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream as fast as the connection takes it: the store is asked for the next part when the
 * last is written, and no thread waits for a slow reader.
 */
final class StreamWriter implements Flow.Subscriber<ByteBuffer> {
  private final HttpServletRequest request;
  private final ServletOutputStream out;
  private final Function<Throwable, Answer> problem;
  private final Pause pause;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final AtomicReference<@Nullable ByteBuffer> arrived = new AtomicReference<>();

  /**
   * How often there was something to do. Whoever raises it from 0 does it, others leave it to him:
   * so the stream of the connection has one writer at a time.
   */
  private final AtomicInteger turns = new AtomicInteger();

  /** Whether a part is on its way; only for whose turn it is. */
  private boolean asked;

  private volatile Flow.@Nullable Subscription subscription;
  private volatile @Nullable Throwable failure;
  private volatile boolean complete;

  private StreamWriter(
      HttpServletRequest request,
      ServletOutputStream out,
      Function<Throwable, Answer> problem,
      Pause pause) {
    this.request = request;
    this.out = out;
    this.problem = problem;
    this.pause = pause;
  }

  /**
   * Writes the content as the answer to a request that is asynchronous already, and whose headers
   * are set. The future completes when the last byte is handed over, and fails when the client is
   * gone; the content is cancelled then.
   *
   * @param problem notes why the store failed; the connection is ended then, so that nobody takes
   *     what has arrived for the whole
   * @param pause how long the store may give nothing
   */
  static CompletableFuture<Void> write(
      StreamBody body,
      HttpServletRequest request,
      HttpServletResponse response,
      Function<Throwable, Answer> problem,
      Pause pause) {
    try {
      body.count().ifPresent(response::setContentLengthLong);
      StreamWriter writer = new StreamWriter(request, response.getOutputStream(), problem, pause);
      writer.out.setWriteListener(writer.new Connection());
      body.bytes().subscribe(writer);
      return writer.done;
    } catch (IOException | IllegalStateException gone) {
      body.discard();
      return CompletableFuture.failedFuture(gone);
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    proceed();
  }

  @Override
  public void onNext(ByteBuffer part) {
    arrived.set(part);
    proceed();
  }

  @Override
  public void onError(Throwable reason) {
    failure = reason;
    proceed();
  }

  @Override
  public void onComplete() {
    complete = true;
    proceed();
  }

  private void proceed() {
    if (turns.getAndIncrement() == 0) {
      for (int taken = 1; taken > 0; taken = turns.addAndGet(-taken)) {
        pass();
      }
    }
  }

  /** Does all that can be done without waiting for the store or the client. */
  private void pass() {
    Flow.Subscription store = subscription;
    try {
      while (store != null && !done.isDone() && out.isReady()) {
        ByteBuffer part = arrived.getAndSet(null);
        if (part != null) {
          asked = false;
          pause.end();
          write(part);
        } else if (failure != null) {
          abort(failure);
        } else if (complete) {
          done.complete(null);
        } else if (!asked) {
          asked = true;
          pause.begin(() -> onError(tooSlow()));
          store.request(1);
        } else {
          return;
        }
      }
    } catch (IOException | RuntimeException gone) {
      done.completeExceptionally(gone);
    }
    if (store != null && done.isDone()) {
      pause.end();
      store.cancel();
    }
  }

  private void write(ByteBuffer part) throws IOException {
    if (!part.hasRemaining()) {
      return;
    }
    if (part.hasArray()) {
      out.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
    } else {
      byte[] copy = new byte[part.remaining()];
      part.get(copy);
      out.write(copy);
    }
  }

  private static DataLayerException tooSlow() {
    return new DataLayerException(ErrorCode.UNAVAILABLE, "the store gives no more of what is sent");
  }

  private void abort(Throwable reason) {
    Answer unusedAnswer = problem.apply(reason); // it is in the log now
    AnswerWriter.abort(request, reason);
    done.complete(null);
  }

  /** What the server says of the connection. */
  private final class Connection implements WriteListener {
    @Override
    public void onWritePossible() {
      proceed();
    }

    @Override
    public void onError(Throwable gone) {
      done.completeExceptionally(gone);
      proceed();
    }
  }
}
