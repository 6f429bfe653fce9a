package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Reindex;
import dev.threadkeep.application.Reindex.Progress;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.wiring.Resources;
import dev.threadkeep.bootstrap.wiring.Wiring;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.time.Clock;
import java.util.Locale;
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

/** Makes the lists by feedback and of favourites whole. */
@Command(
    name = "reindex",
    description =
        "Adds the entries by which threads are found by their feedback, and favourites, to a table"
            + " that others have filled, and removes those that are about nothing. It reads the"
            + " whole table once; it can be stopped and run again.")
final class ReindexCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config;
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "the sum as a line of JSON")
  private boolean json;

  ReindexCommand(ConfigOption config) {
    this.config = config;
  }

  @Override
  public Integer call() {
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    Settings settings = config.read(Set.of(), Map.of());
    ProgressLine line = new ProgressLine(commandLine.getErr(), Clock.systemUTC());
    try (Resources resources = new Resources()) {
      Progress end =
          new Reindex(Wiring.stores(settings, resources).data().maintenance())
              .run(progress -> line.say(() -> "reindexing: " + text(progress)))
              .toCompletableFuture()
              .join();
      commandLine
          .getOut()
          .println(json ? json(end, line) : text(end) + " in " + line.seconds() + " s");
      return 0;
    }
  }

  private static String text(Progress progress) {
    return String.format(
        Locale.ROOT,
        "looked at %,d threads, mended the entries of %,d",
        progress.threads(),
        progress.mended());
  }

  private static String json(Progress end, ProgressLine line) {
    return JsonText.write(
        JsonObject.of("threads", JsonValue.of(end.threads()))
            .with("mended", JsonValue.of(end.mended()))
            .with("seconds", JsonValue.of(line.seconds())));
  }
}
