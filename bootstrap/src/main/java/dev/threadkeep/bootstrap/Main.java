package dev.threadkeep.bootstrap;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Where the process begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    prepareLibraries();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(shell(System.getenv(), out, err).run(arguments));
  }

  static Shell shell(Map<String, String> environment, PrintWriter out, PrintWriter err) {
    return new Shell(
        List.of(
            new ServeCommand(new ConfigOption(environment)),
            table(environment),
            new DoctorCommand(new ConfigOption(environment)),
            new ReindexCommand(new ConfigOption(environment)),
            new ExportCommand(new ConfigOption(environment)),
            new EraseCommand(new ConfigOption(environment)),
            new CopyCommand(new ConfigOption(environment)),
            new TokenCommand(new ConfigOption(environment))),
        out,
        err);
  }

  private static CommandLine table(Map<String, String> environment) {
    CommandSpec table = CommandSpec.create().name("table");
    table.usageMessage().description("Makes or checks the DynamoDB table.");
    return new CommandLine(table)
        .addSubcommand(new TableCommand.Template())
        .addSubcommand(new TableCommand.Create(new ConfigOption(environment)))
        .addSubcommand(new TableCommand.Check(new ConfigOption(environment)));
  }

  /**
   * Ways of two libraries that newer JDKs warn about at each start, and that are not needed here;
   * and how many parts of 16 KB the client of Azure reads ahead for each reader of a file.
   */
  private static void prepareLibraries() {
    System.setProperty("guice_custom_class_loading", "CHILD");
    System.setProperty("io.netty.noUnsafe", "true");
    System.setProperty("reactor.bufferSize.small", "16");
  }
}
