package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Caller;
import dev.threadkeep.application.ChatServices;
import dev.threadkeep.application.ErasedUser;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.wiring.Resources;
import dev.threadkeep.bootstrap.wiring.Stores;
import dev.threadkeep.bootstrap.wiring.Wiring;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
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
final class EraseCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config;
  @Mixin private final UserOption user = new UserOption();
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "the receipt as a line of JSON")
  private boolean json;

  EraseCommand(ConfigOption config) {
    this.config = config;
  }

  @Override
  public Integer call() {
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    UserId id = user.id();
    Settings settings = config.read(Set.of(), Map.of());
    ProgressLine line = new ProgressLine(commandLine.getErr(), Clock.systemUTC());
    try (Resources resources = new Resources()) {
      Stores stores = Wiring.stores(settings, resources);
      ErasedUser erased =
          new ChatServices(
                  stores.data(),
                  stores.files(),
                  stores.keys(),
                  Clock.systemUTC(),
                  ChatServices.ACTIVITY_INTERVAL)
              .users()
              .erase(Caller.service(), id, progress -> line.say(() -> "erasing: " + text(progress)))
              .toCompletableFuture()
              .join();
      commandLine
          .getOut()
          .println(
              json
                  ? JsonText.write(json(erased))
                  : "erased user " + id + ": " + text(erased) + " in " + line.seconds() + " s");
      return 0;
    }
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
