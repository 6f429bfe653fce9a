package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Reindex;
import dev.threadkeep.application.Reindex.Progress;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.wiring.Resources;
import dev.threadkeep.bootstrap.wiring.Wiring;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Makes the lists by feedback and of favourites whole. */
@Command(
    name = "reindex",
    description =
        "Adds the entries by which threads are found by their feedback, and favourites, to a table"
            + " that others have filled, and removes those that are about nothing. It reads the"
            + " whole table once; it can be stopped and run again.")
final class ReindexCommand extends StoreCommand {
  @Mixin private final JsonOption output = new JsonOption();

  ReindexCommand(ConfigOption config) {
    super(config);
  }

  @Override
  int run(Settings settings, Resources resources) {
    ProgressLine line = progress();
    Progress end =
        new Reindex(Wiring.stores(settings, resources).data().maintenance())
            .run(progress -> line.say(() -> "reindexing: " + text(progress)))
            .toCompletableFuture()
            .join();
    output.print(text(end) + " in " + line.seconds() + " s", json(end, line.seconds()));
    return ExitCode.OK;
  }

  private static String text(Progress progress) {
    return String.format(
        Locale.ROOT,
        "looked at %,d threads, mended the entries of %,d",
        progress.threads(),
        progress.mended());
  }

  private static JsonObject json(Progress end, long seconds) {
    return JsonObject.of("threads", JsonValue.of(end.threads()))
        .with("mended", JsonValue.of(end.mended()))
        .with("seconds", JsonValue.of(seconds));
  }
}
