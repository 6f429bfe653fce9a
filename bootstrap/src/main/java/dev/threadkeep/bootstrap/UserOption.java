package dev.threadkeep.bootstrap;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.UserId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The user that a command is about. */
final class UserOption {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--user",
      required = true,
      paramLabel = "U",
      description = "the identifier of the user")
  private @Nullable String user;

  /**
   * The user.
   *
   * @throws CommandLine.ParameterException when there cannot be one of that name
   */
  UserId id() {
    String identifier = Objects.requireNonNull(user);
    try {
      Limits.checkId("--user", identifier);
      return UserId.of(identifier);
    } catch (DataLayerException wrong) {
      throw new CommandLine.ParameterException(
          Objects.requireNonNull(spec).commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }
}
