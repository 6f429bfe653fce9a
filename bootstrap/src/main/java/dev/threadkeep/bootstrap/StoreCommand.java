package dev.threadkeep.bootstrap;

import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.wiring.Resources;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that works on the stores, maybe for long, and closes in the end what it has opened. */
abstract class StoreCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config;
  @Spec private @Nullable CommandSpec spec;

  StoreCommand(ConfigOption config) {
    this.config = config;
  }

  /**
   * Does it.
   *
   * @param resources what is opened with them is closed afterwards
   * @return the exit code
   * @throws CommandLine.ParameterException for wrong use, before anything is opened
   */
  abstract int run(Settings settings, Resources resources);

  @Override
  public final Integer call() {
    Settings settings = config.read(Set.of(), Map.of());
    try (Resources resources = new Resources()) {
      return run(settings, resources);
    }
  }

  PrintWriter out() {
    return commandLine().getOut();
  }

  PrintWriter err() {
    return commandLine().getErr();
  }

  /** Begins to say how far it is. */
  ProgressLine progress() {
    return new ProgressLine(err(), Clock.systemUTC());
  }

  /** The error for wrong use. */
  CommandLine.ParameterException wrongUse(String message) {
    return new CommandLine.ParameterException(commandLine(), message);
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
