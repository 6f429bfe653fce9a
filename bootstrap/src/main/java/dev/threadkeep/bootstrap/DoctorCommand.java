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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
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
final class DoctorCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config;
  @Spec private @Nullable CommandSpec spec;

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

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description =
          "keeps in this file how far it has come, goes on from there, and removes it at the end")
  private @Nullable Path state;

  @Option(names = "--json", description = "each finding, and then the sum, as a line of JSON")
  private boolean json;

  DoctorCommand(ConfigOption config) {
    this.config = config;
  }

  @Override
  public Integer call() {
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    Treatment treatment = new Treatment(measures(), grace(commandLine));
    Settings settings = config.read(Set.of(), Map.of());
    DoctorState kept = new DoctorState(Optional.ofNullable(state));
    DoctorReport report =
        new DoctorReport(commandLine.getOut(), commandLine.getErr(), kept, json, Clock.systemUTC());
    try (Resources resources = new Resources()) {
      Stores stores = Wiring.stores(settings, resources);
      Checkup end =
          new Doctor(stores.data(), stores.files(), stores.keys(), Clock.systemUTC())
              .run(treatment, kept.read(), report)
              .toCompletableFuture()
              .join();
      report.sum(end);
    }
    kept.remove();
    return report.isAnythingLeft() ? ExitCode.SOFTWARE : ExitCode.OK;
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

  private Duration grace(CommandLine commandLine) {
    try {
      return TimeSpan.parse(grace);
    } catch (IllegalArgumentException wrong) {
      throw new CommandLine.ParameterException(commandLine, "--grace " + wrong.getMessage(), wrong);
    }
  }
}
