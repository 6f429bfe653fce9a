package dev.threadkeep.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** What the server writes into its log, instead of the console. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.threadkeep.http");
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

  LogLines() {
    start();
    logger.addAppender(this);
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    events.add(event);
  }

  /** What was written under the id of a request, once its line is there. */
  List<ILoggingEvent> of(String requestId) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < end) {
      List<ILoggingEvent> own =
          events.stream()
              .filter(event -> requestId.equals(event.getMDCPropertyMap().get("requestId")))
              .toList();
      if (own.stream().anyMatch(event -> event.getFormattedMessage().endsWith(" bytes"))) {
        return own;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no line for request " + requestId);
  }

  /** Everything so far, as text. */
  String text() {
    StringBuilder text = new StringBuilder();
    events.forEach(event -> text.append(event.getFormattedMessage()).append('\n'));
    return text.toString();
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setAdditive(true);
    logger.setLevel(null);
  }
}
