package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Caller;
import dev.threadkeep.application.ErasedUser;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.wiring.Resources;
import dev.threadkeep.bootstrap.wiring.Wiring;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.time.Clock;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Removes everything of a user. */
@Command(
    name = "erase",
    description = {
      "Removes everything of a user: threads with their steps, elements and files, also files of"
          + " these threads that nothing refers to any more, and the user; says what was removed."
          + " It can be stopped and run again.",
      "A thread that is missing from its owner's list is not found: let the doctor put it there"
          + " before."
    })
final class EraseCommand extends StoreCommand {
  @Mixin private final UserOption user = new UserOption();
  @Mixin private final JsonOption output = new JsonOption();

  EraseCommand(ConfigOption config) {
    super(config);
  }

  @Override
  int run(Settings settings, Resources resources) {
    UserId id = user.id();
    ProgressLine line = progress();
    ErasedUser erased =
        Wiring.stores(settings, resources)
            .services()
            .users()
            .erase(Caller.service(), id, progress -> line.say(() -> "erasing: " + text(progress)))
            .toCompletableFuture()
            .join();
    output.print(
        "erased user " + id + ": " + text(erased) + " in " + line.seconds() + " s", json(erased));
    return ExitCode.OK;
  }

  private static String text(ErasedUser erased) {
    return String.format(
        Locale.ROOT,
        "%,d threads, %,d items in all, %,d files",
        erased.threads(),
        erased.items(),
        erased.files());
  }

  private static JsonObject json(ErasedUser erased) {
    return JsonObject.of("identifier", JsonValue.of(erased.id().value()))
        .with("threads", JsonValue.of(erased.threads()))
        .with("items", JsonValue.of(erased.items()))
        .with("files", JsonValue.of(erased.files()))
        .with("erasedAt", JsonValue.of(Timestamp.of(Clock.systemUTC().instant()).text()));
  }
}
