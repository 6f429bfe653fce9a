package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Caller;
import dev.threadkeep.application.ChatServices;
import dev.threadkeep.application.ThreadExport;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.wiring.FileUrls;
import dev.threadkeep.bootstrap.wiring.Resources;
import dev.threadkeep.bootstrap.wiring.Wiring;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.json.JsonText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints a user's threads. */
@Command(
    name = "export",
    description =
        "Prints a user's threads as JSON Lines, one thread a line, the last active first. Files are"
            + " addresses that hold for a while, unless --files is given.")
final class ExportCommand extends StoreCommand {
  @Mixin private final UserOption user = new UserOption();

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
    super(config);
  }

  @Override
  int run(Settings settings, Resources resources) {
    UserId id = user.id();
    ThreadFilter filter = filter();
    if (files == null) {
      FileUrls.check(settings);
    }
    ProgressLine line = progress();
    ChatServices chat = Wiring.stores(settings, resources).services();
    ThreadExport export =
        chat.threads().export(Caller.service(), id, filter).toCompletableFuture().join();
    Optional<FileFolder> folder =
        Optional.ofNullable(files).map(path -> new FileFolder(path, chat.files()));
    long threads = print(export, folder, out(), line);
    err().printf(Locale.ROOT, "exported %,d threads in %d s%n", threads, line.seconds());
    return ExitCode.OK;
  }

  private static long print(
      ThreadExport export, Optional<FileFolder> folder, PrintWriter out, ProgressLine line) {
    long threads = 0;
    Optional<Conversation> next = next(export);
    while (next.isPresent()) {
      out.println(JsonText.write(withFiles(next.get(), folder).toJson()));
      if (out.checkError()) {
        throw new DataLayerException(ErrorCode.UNAVAILABLE, "the output cannot be written");
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

  private ThreadFilter filter() {
    Integer value = feedback;
    if (value == null) {
      return ThreadFilter.all();
    }
    if (value != 0 && value != 1) {
      throw wrongUse("--feedback must be 0 or 1");
    }
    return ThreadFilter.all().withFeedback(value);
  }
}
