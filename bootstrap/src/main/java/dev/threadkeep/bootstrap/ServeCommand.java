package dev.threadkeep.bootstrap;

import dev.threadkeep.bootstrap.settings.LocalSecrets;
import dev.threadkeep.bootstrap.settings.Option;
import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.wiring.Resources;
import dev.threadkeep.bootstrap.wiring.Secrets;
import dev.threadkeep.bootstrap.wiring.Wiring;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.http.SignInTokens;
import dev.threadkeep.http.ThreadkeepServer;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the server until the process is asked to end. */
@Command(name = "serve", description = "Runs the server; ready when /health/ready answers 200.")
final class ServeCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.bootstrap");

  /** Whom the link signs in that local mode prints, and for how long. */
  private static final UserId LOCAL_USER = UserId.of("local");

  private static final Duration SIGN_IN = Duration.ofDays(1);

  @Mixin private final ConfigOption config;
  @Spec private @Nullable CommandSpec spec;

  @picocli.CommandLine.Option(
      names = "--host",
      paramLabel = "H",
      description = "address to listen on, in the place of THREADKEEP_HOST")
  private @Nullable String host;

  @picocli.CommandLine.Option(
      names = "--port",
      paramLabel = "P",
      description = "port to listen on, in the place of THREADKEEP_PORT; 0 takes a free one")
  private @Nullable String port;

  ServeCommand(ConfigOption config) {
    this.config = config;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings =
        config.read(Set.of(Options.SERVICE_TOKEN, Options.AUTH_SECRET), arguments());
    Resources resources = new Resources();
    CountDownLatch closed = new CountDownLatch(1);
    try {
      ThreadkeepServer server = Wiring.server(settings, resources);
      log.info("data in {}, files {}", dataPlace(settings), filesPlace(settings));
      start(server);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    resources.close();
                    closed.countDown();
                  },
                  "shutdown"));
      if (settings.isLocal()) {
        printSignIn(settings, server.address());
      }
    } catch (RuntimeException failed) {
      resources.close();
      throw failed;
    }
    closed.await();
    return ExitCode.OK;
  }

  private static void start(ThreadkeepServer server) {
    try {
      server.start();
    } catch (IllegalStateException taken) {
      throw new DataLayerException(
          ErrorCode.UNAVAILABLE, taken.getMessage() + ": is the port in use?", taken);
    }
  }

  private Map<Option<?>, String> arguments() {
    Map<Option<?>, String> arguments = new HashMap<>();
    if (host != null) {
      arguments.put(Options.HOST, host);
    }
    if (port != null) {
      arguments.put(Options.PORT, port);
    }
    return arguments;
  }

  private static String dataPlace(Settings settings) {
    return settings.isLocal()
        ? "SQLite in " + settings.get(Options.DATA_DIR).toAbsolutePath().normalize()
        : "DynamoDB table " + settings.get(Options.DYNAMODB_TABLE).orElseThrow();
  }

  private static String filesPlace(Settings settings) {
    return switch (settings.get(Options.FILES)) {
      case LOCAL -> "in " + settings.get(Options.DATA_DIR).toAbsolutePath().normalize();
      case S3 -> "in S3 bucket " + settings.get(Options.S3_BUCKET).orElseThrow();
      case AZURE -> "in Azure container " + settings.get(Options.AZURE_CONTAINER).orElseThrow();
      case NONE -> "not stored";
    };
  }

  /** For people, on standard output and not in the log, because the link is a secret. */
  private void printSignIn(Settings settings, String listening) {
    String address = settings.get(Options.PUBLIC_URL).map(URI::toString).orElse(listening);
    SignInTokens tokens =
        new SignInTokens(Secrets.of(settings).authSecret().value(), Clock.systemUTC());
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println();
    out.println(
        "Service token: " + new LocalSecrets(settings.get(Options.DATA_DIR)).serviceTokenFile());
    out.println(
        "Sign in as "
            + LOCAL_USER
            + ": "
            + address
            + "/sign-in#"
            + tokens.issue(LOCAL_USER, SIGN_IN));
    out.println();
    out.flush();
  }
}
