package dev.threadkeep.bootstrap;

import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.wiring.Secrets;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.http.SignInTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private final UserOption user = new UserOption();
  @Spec private @Nullable CommandSpec spec;

  TokenCommand(ConfigOption config) {
    this.config = config;
  }

  @Override
  public Integer call() {
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    UserId id = user.id();
    Settings settings = config.read(Set.of(Options.AUTH_SECRET), Map.of());
    SignInTokens tokens = new SignInTokens(Secrets.authSecret(settings).value(), Clock.systemUTC());
    commandLine.getOut().println(tokens.issue(id, VALIDITY));
    return ExitCode.OK;
  }
}
