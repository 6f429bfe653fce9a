package dev.threadkeep.bootstrap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.regex.Pattern;

/**
 * Ends its process at one of the writes that the stores log, as a power cut would. DynamoDB and S3
 * log what is done, the embedded store what is about to be done: both times, it is between two
 * writes. Configured by {@code stopping-logback.xml}.
 */
public final class StoppingAppender extends AppenderBase<ILoggingEvent> {
  /** What a process exits with that was stopped. */
  static final int STOPPED = 99;

  /** The name of the system property that says at which write it ends, 1 for the first. */
  static final String AT = "threadkeep.stopAt";

  /** A stop there leaves what the stop at the write before leaves. What is not known is a write. */
  private static final Pattern READS =
      Pattern.compile(
          "((GetItem|BatchGetItem|Query|Scan|HeadObject|GetObject|ListObjectsV2) of"
              + "|find|list|load|read|take stock|is thread)\\b.*",
          Pattern.DOTALL);

  private int at;
  private int writes;

  /** Called by logback. */
  public void setAt(int at) {
    this.at = at;
  }

  @Override
  protected void append(ILoggingEvent event) {
    String call = event.getFormattedMessage();
    if (event.getLevel() == Level.DEBUG && !READS.matcher(call).matches() && ++writes == at) {
      System.out.println("stopped at " + call);
      System.out.flush();
      Runtime.getRuntime().halt(STOPPED);
    }
  }
}
