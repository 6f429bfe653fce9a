package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Copy;
import dev.threadkeep.application.Copy.Mode;
import dev.threadkeep.application.Copy.Side;
import dev.threadkeep.application.CopyProgress;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.wiring.Resources;
import dev.threadkeep.bootstrap.wiring.Stores;
import dev.threadkeep.bootstrap.wiring.Wiring;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings everything from one store into another one. */
@Command(
    name = "copy",
    description = {
      "Copies everything from the configured store into another one, as it is: users, threads with"
          + " their steps, feedback and elements, files, and the order of all lists. What is"
          + " written is read back and compared; the exit code is 0 when both sides are equal in"
          + " the end, else 1.",
      "Nothing that the target has is changed: what is not the same there is named. Run again, it"
          + " writes what is missing and checks the rest, so it can be stopped at any point. A"
          + " table or a bucket of the target has to be there."
    })
final class CopyCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config;
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "CONFIG",
      description = "properties file of the target, with the names of the configuration")
  private Path to = Path.of("");

  @Option(
      names = "--rehearse",
      description = "writes nothing; reads both sides and says what a copy would do")
  private boolean rehearse;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description =
          "keeps in this file how far it has come, goes on from there, and removes it at the end")
  private @Nullable Path state;

  @Option(names = "--json", description = "each difference, and then the sum, as a line of JSON")
  private boolean json;

  CopyCommand(ConfigOption config) {
    this.config = config;
  }

  @Override
  public Integer call() {
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    if (rehearse && state != null) {
      throw new CommandLine.ParameterException(
          commandLine, "--state cannot be given with --rehearse, which writes nothing");
    }
    Settings from = config.read(Set.of(), Map.of());
    try (CopyTarget target = CopyTarget.of(to, rehearse)) {
      CopyState kept = new CopyState(Optional.ofNullable(state), from, target.settings());
      Mode mode = rehearse ? Mode.REHEARSAL : Mode.COPY;
      CopyOutput output =
          new CopyOutput(
              commandLine.getOut(), commandLine.getErr(), kept, mode, json, Clock.systemUTC());
      CopyProgress end = run(from, target.settings(), mode, kept.read(), output);
      output.sum(end.tally());
      kept.remove();
      return output.isEqual(end.tally()) ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private static CopyProgress run(
      Settings from, Settings to, Mode mode, CopyProgress begin, CopyOutput output) {
    try (Resources resources = new Resources()) {
      Side source = side(Wiring.stores(from, resources));
      Side target = side(Wiring.stores(to, resources));
      return new Copy(source, target, mode, output).run(begin).toCompletableFuture().join();
    }
  }

  private static Side side(Stores stores) {
    return new Side(stores.data(), stores.files(), stores.keys());
  }
}
