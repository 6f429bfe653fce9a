package dev.threadkeep.bootstrap;

import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.wiring.Secrets;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.http.SignInTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a token with which a person is signed in. */
@Command(
    name = "token",
    description =
        "Prints a sign-in token for a person, valid for 15 days as Chainlit's; in local mode it"
            + " works without a configuration.")
final class TokenCommand implements Callable<Integer> {
  /** As long as Chainlit's own sign-in lasts unless configured otherwise. */
  private static final Duration VALIDITY = Duration.ofDays(15);

  @Mixin private final ConfigOption config;
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--user", required = true, paramLabel = "U", description = "the identifier")
  private @Nullable String user;

  TokenCommand(ConfigOption config) {
    this.config = config;
  }

  @Override
  public Integer call() {
    Settings settings = config.read(Set.of(Options.AUTH_SECRET), Map.of());
    String identifier = Objects.requireNonNull(user);
    Limits.checkId("--user", identifier);
    SignInTokens tokens =
        new SignInTokens(Secrets.of(settings).authSecret().value(), Clock.systemUTC());
    Objects.requireNonNull(spec)
        .commandLine()
        .getOut()
        .println(tokens.issue(UserId.of(identifier), VALIDITY));
    return 0;
  }
}
