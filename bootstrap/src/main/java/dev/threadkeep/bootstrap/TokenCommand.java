package dev.threadkeep.bootstrap;

import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.wiring.Secrets;
import dev.threadkeep.domain.DataLayerException;
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
import picocli.CommandLine;
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
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    String identifier = identifier(commandLine);
    Settings settings = config.read(Set.of(Options.AUTH_SECRET), Map.of());
    SignInTokens tokens = new SignInTokens(Secrets.authSecret(settings).value(), Clock.systemUTC());
    commandLine.getOut().println(tokens.issue(UserId.of(identifier), VALIDITY));
    return 0;
  }

  private String identifier(CommandLine commandLine) {
    String identifier = Objects.requireNonNull(user);
    try {
      Limits.checkId("--user", identifier);
    } catch (DataLayerException wrong) {
      throw new CommandLine.ParameterException(
          commandLine, String.valueOf(wrong.getMessage()), wrong);
    }
    return identifier;
  }
}
