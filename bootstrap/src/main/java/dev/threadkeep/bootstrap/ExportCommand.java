package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Caller;
import dev.threadkeep.application.ChatServices;
import dev.threadkeep.application.ThreadExport;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.wiring.Resources;
import dev.threadkeep.bootstrap.wiring.Stores;
import dev.threadkeep.bootstrap.wiring.Wiring;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.json.JsonText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a user's threads. */
@Command(
    name = "export",
    description =
        "Prints a user's threads as JSON Lines, one thread a line, the last active first. Files are"
            + " addresses that hold for a while, unless --files is given.")
final class ExportCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config;
  @Mixin private final UserOption user = new UserOption();
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--feedback",
      paramLabel = "V",
      description = "only threads with this feedback: 0 or 1")
  private @Nullable Integer feedback;

  @Option(
      names = "--files",
      paramLabel = "DIR",
      description = "stores the files in this folder; the lines then have their paths in it")
  private @Nullable Path files;

  ExportCommand(ConfigOption config) {
    this.config = config;
  }

  @Override
  public Integer call() {
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    UserId id = user.id();
    ThreadFilter filter = filter(commandLine);
    Settings settings = config.read(Set.of(), Map.of());
    ProgressLine line = new ProgressLine(commandLine.getErr(), Clock.systemUTC());
    try (Resources resources = new Resources()) {
      Stores stores = Wiring.stores(settings, resources);
      ChatServices chat =
          new ChatServices(
              stores.data(),
              stores.files(),
              stores.keys(),
              Clock.systemUTC(),
              ChatServices.ACTIVITY_INTERVAL);
      ThreadExport export =
          chat.threads().export(Caller.service(), id, filter).toCompletableFuture().join();
      Optional<FileFolder> folder =
          Optional.ofNullable(files).map(path -> new FileFolder(path, chat.files()));
      long threads = print(export, folder, commandLine.getOut(), line);
      commandLine
          .getErr()
          .printf(Locale.ROOT, "exported %,d threads in %d s%n", threads, line.seconds());
    }
    return 0;
  }

  private static long print(
      ThreadExport export, Optional<FileFolder> folder, PrintWriter out, ProgressLine line) {
    long threads = 0;
    Optional<Conversation> next = next(export);
    while (next.isPresent()) {
      out.println(JsonText.write(withFiles(next.get(), folder).toJson()));
      if (out.checkError()) {
        throw new UncheckedIOException(new IOException("the output cannot be written"));
      }
      threads++;
      long soFar = threads;
      line.say(() -> String.format(Locale.ROOT, "exporting: %,d threads", soFar));
      next = next(export);
    }
    return threads;
  }

  private static Conversation withFiles(Conversation thread, Optional<FileFolder> folder) {
    return folder.map(it -> it.store(thread)).orElse(thread);
  }

  private static Optional<Conversation> next(ThreadExport export) {
    return export.next().toCompletableFuture().join();
  }

  private ThreadFilter filter(CommandLine commandLine) {
    Integer value = feedback;
    if (value == null) {
      return ThreadFilter.all();
    }
    if (value != 0 && value != 1) {
      throw new CommandLine.ParameterException(commandLine, "--feedback must be 0 or 1");
    }
    return ThreadFilter.all().withFeedback(value);
  }
}
