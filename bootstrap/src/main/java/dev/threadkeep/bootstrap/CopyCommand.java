package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Copy;
import dev.threadkeep.application.Copy.Mode;
import dev.threadkeep.application.Copy.Side;
import dev.threadkeep.application.CopyTally;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.wiring.Resources;
import dev.threadkeep.bootstrap.wiring.Stores;
import dev.threadkeep.bootstrap.wiring.Wiring;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
final class CopyCommand extends StoreCommand {
  @Mixin private final JsonOption output = new JsonOption();
  @Mixin private final StateFile state = new StateFile("this copy");

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

  CopyCommand(ConfigOption config) {
    super(config);
  }

  @Override
  int run(Settings settings, Resources resources) {
    if (rehearse && state.isGiven()) {
      throw wrongUse("--state cannot be given with --rehearse, which writes nothing");
    }
    CopyTarget target = resources.add(CopyTarget.of(to, rehearse));
    CopyState kept = new CopyState(state, settings, target.settings());
    Mode mode = rehearse ? Mode.REHEARSAL : Mode.COPY;
    CopyOutput report = new CopyOutput(output, progress(), kept, mode);
    CopyTally tally =
        new Copy(side(settings, resources), side(target.settings(), resources), mode, report)
            .run(kept.read())
            .toCompletableFuture()
            .join()
            .tally();
    report.sum(tally);
    state.remove();
    return report.isEqual(tally) ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static Side side(Settings settings, Resources resources) {
    Stores stores = Wiring.stores(settings, resources);
    return new Side(stores.data(), stores.files(), stores.keys());
  }
}
