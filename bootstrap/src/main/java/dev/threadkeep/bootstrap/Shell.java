package dev.threadkeep.bootstrap;

import dev.threadkeep.application.NotConfiguredException;
import dev.threadkeep.bootstrap.settings.OptionTable;
import dev.threadkeep.bootstrap.settings.SettingsException;
import dev.threadkeep.domain.DataLayerException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The command line: all commands under one name, each with {@code --help}, and what they exit with:
 * 0 when it is done, 1 when it failed, 2 for wrong use or a wrong configuration.
 */
final class Shell {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.bootstrap");

  private final CommandLine commandLine = new CommandLine(CommandSpec.create().name("threadkeep"));

  /**
   * @param commands objects that picocli's {@link CommandLine.Command} describes
   */
  Shell(List<?> commands, PrintWriter out, PrintWriter err) {
    commands.forEach(commandLine::addSubcommand);
    withHelp(commandLine);
    commandLine
        .getCommandSpec()
        .usageMessage()
        .description("Keeps the history of chats.")
        .footer(
            "",
            "Configuration, from the environment or a file (--config):",
            "",
            OptionTable.plain().replace("%", "%%"));
    commandLine.setOut(out).setErr(err).setExecutionExceptionHandler(Shell::explain);
  }

  /** Runs the command that the arguments name, and gives its exit code. */
  int run(String... arguments) {
    return commandLine.execute(arguments);
  }

  private static void withHelp(CommandLine command) {
    command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(Shell::version);
    command.getSubcommands().values().forEach(Shell::withHelp);
  }

  private static String[] version() {
    return new String[] {
      "threadkeep "
          + Optional.ofNullable(Shell.class.getPackage().getImplementationVersion())
              .orElse("(not packaged)")
    };
  }

  private static int explain(
      Exception thrown, CommandLine command, CommandLine.ParseResult arguments) {
    PrintWriter err = command.getErr();
    Throwable failure = cause(thrown);
    if (failure instanceof SettingsException wrong) {
      err.println("The configuration is wrong:");
      wrong.problems().forEach(problem -> err.println("  " + problem));
      return CommandLine.ExitCode.USAGE;
    }
    if (failure instanceof DataLayerException || failure instanceof NotConfiguredException) {
      err.println(command.getCommandName() + ": " + failure.getMessage());
    } else {
      err.println(command.getCommandName() + " failed: " + failure);
      log.error("{} failed", command.getCommandName(), failure);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** What made a stage fail that a command waited for. */
  private static Throwable cause(Exception thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
