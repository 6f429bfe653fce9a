package dev.threadkeep.bootstrap;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * The log of all commands, found by Logback as a service. It is no XML, because to read that would
 * take a tenth of the start. A file that {@code -Dlogback.configurationFile} names is read instead,
 * and {@code -Dthreadkeep.log=DEBUG} shows more.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
  /** One line is one event, whatever an id holds that a message names. */
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger %replace(%X{requestId} ){'^ $', ''}"
          + "%replace(%msg){'[\\r\\n]+', ' '}%n";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    Level ours = Level.toLevel(System.getProperty("threadkeep.log"), Level.INFO);
    context.getLogger("dev.threadkeep").setLevel(ours);
    // What keeps it from starting or stopping is said by the server itself.
    context.getLogger("io.javalin").setLevel(Level.OFF);
    // It warns at every request about a header that it leaves to the JDK.
    context.getLogger("com.azure.core.http.jdk.httpclient.JdkHttpClient").setLevel(Level.ERROR);
    // It calls it an error that a file to be deleted is gone already.
    context.getLogger("com.azure.storage.blob.batch.BlobBatchAsyncClient").setLevel(Level.OFF);
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console(context));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Standard error: what a command prints is all that a script finds in its output. */
  private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName("console");
    console.setTarget(ConsoleTarget.SystemErr.getName());
    console.setEncoder(encoder);
    console.start();
    return console;
  }
}
