package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Checkup;
import dev.threadkeep.application.Doctor;
import dev.threadkeep.application.Treatment;
import dev.threadkeep.application.Treatment.Measure;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.settings.TimeSpan;
import dev.threadkeep.bootstrap.wiring.Resources;
import dev.threadkeep.bootstrap.wiring.Stores;
import dev.threadkeep.bootstrap.wiring.Wiring;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks the stores, and mends what it is told to. */
@Command(
    name = "doctor",
    description = {
      "Finds what the Python layer or an interrupted process left behind: ghost steps, steps and"
          + " elements without a thread, threads missing from their list, elements without their"
          + " file, files that nothing refers to. It only reports, unless told otherwise, and"
          + " exits 0 when nothing is left to mend, else 1.",
      "Files are removed only where their key names a thread that is in this store, under the"
          + " configured prefix."
    })
final class DoctorCommand extends StoreCommand {
  @Mixin private final JsonOption output = new JsonOption();
  @Mixin private final StateFile state = new StateFile("this check-up");

  @Option(names = "--repair", description = "mends what is stored")
  private boolean repair;

  @Option(names = "--delete-files", description = "removes files that nothing refers to")
  private boolean deleteFiles;

  @Option(
      names = "--grace",
      paramLabel = "D",
      defaultValue = "1d",
      description = "leaves alone what is younger than this; 1d unless given, 0s for nothing")
  private String grace = "";

  DoctorCommand(ConfigOption config) {
    super(config);
  }

  @Override
  int run(Settings settings, Resources resources) {
    Treatment treatment = new Treatment(measures(), grace());
    FindingCounts counts = new FindingCounts();
    DoctorState kept = new DoctorState(state, settings, treatment.measures(), counts);
    DoctorReport report = new DoctorReport(output, progress(), kept, counts);
    Stores stores = Wiring.stores(settings, resources);
    Checkup end =
        new Doctor(stores.data(), stores.files(), stores.keys(), Clock.systemUTC())
            .run(treatment, kept.read(), report)
            .toCompletableFuture()
            .join();
    report.sum(end);
    state.remove();
    return counts.isAnythingLeft() ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private Set<Measure> measures() {
    Set<Measure> measures = EnumSet.noneOf(Measure.class);
    if (repair) {
      measures.add(Measure.REPAIR);
    }
    if (deleteFiles) {
      measures.add(Measure.DELETE_FILES);
    }
    return measures;
  }

  private Duration grace() {
    try {
      return TimeSpan.parse(grace);
    } catch (IllegalArgumentException wrong) {
      throw wrongUse("--grace " + wrong.getMessage());
    }
  }
}
