package dev.threadkeep.bootstrap;

import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.wiring.AwsClients;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.dynamodb.DynamoDbTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** What can be done with the DynamoDB table itself: the commands below {@code table}. */
abstract sealed class TableCommand implements Callable<Integer> {
  private static final String TIME_TO_LIVE =
      "DynamoDB removes the items of threads that have expired, and the server what belongs to them";

  @Mixin final ConfigOption config;
  @Spec @Nullable CommandSpec spec;

  private TableCommand(ConfigOption config) {
    this.config = config;
  }

  /** Does it with the table that is configured; gives the exit code. */
  abstract int run(DynamoDbTable table, String name, boolean threadsExpire);

  @Override
  public Integer call() {
    Settings settings = config.read(Set.of(Options.DYNAMODB_TABLE), Map.of());
    String name = settings.get(Options.DYNAMODB_TABLE).orElseThrow();
    try (DynamoDbAsyncClient client = AwsClients.dynamoDb(settings)) {
      return run(DynamoDbTable.of(client, name), name, settings.get(Options.RETENTION).isPresent());
    }
  }

  PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  /** Says how the table differs from what it has to be, and what it may have. */
  int check(DynamoDbTable table, String name, boolean threadsExpire) {
    if (threadsExpire) {
      out()
          .println(
              "time to live of table "
                  + name
                  + (table.hasTimeToLive().toCompletableFuture().join()
                      ? " is on"
                      : " is off; it need not be: expired threads are removed by the server and doctor"));
    }
    List<String> differences = table.check().toCompletableFuture().join();
    if (differences.isEmpty()) {
      out().println("table " + name + " is as it has to be");
      return ExitCode.OK;
    }
    out().println("table " + name + " differs from what it has to be:");
    differences.forEach(difference -> out().println("  " + difference));
    return ExitCode.SOFTWARE;
  }

  /** {@code table template}. */
  @Command(
      name = "template",
      description = "Prints the CloudFormation template of the table; TableName is its parameter.")
  static final class Template implements Callable<Integer> {
    @Spec @Nullable CommandSpec spec;

    @Option(names = "--ttl", description = "with time to live: " + TIME_TO_LIVE)
    private boolean timeToLive;

    @Override
    public Integer call() {
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      out.print(timeToLive ? DynamoDbTable.templateWithTimeToLive() : DynamoDbTable.template());
      out.flush();
      return ExitCode.OK;
    }
  }

  /** {@code table create}. */
  @Command(
      name = "create",
      description =
          "Makes the table where there is none, and waits for it; checks one that exists.")
  static final class Create extends TableCommand {
    @Option(names = "--ttl", description = "with time to live: " + TIME_TO_LIVE)
    private boolean timeToLive;

    Create(ConfigOption config) {
      super(config);
    }

    @Override
    int run(DynamoDbTable table, String name, boolean threadsExpire) {
      try {
        table.create().toCompletableFuture().join();
      } catch (CompletionException failed) {
        if (failed.getCause() instanceof DataLayerException error
            && error.code() == ErrorCode.ALREADY_EXISTS) {
          out().println("table " + name + " exists");
          return check(table, name, threadsExpire || timeToLive);
        }
        throw failed;
      }
      if (timeToLive) {
        table.enableTimeToLive().toCompletableFuture().join();
      }
      out().println("table " + name + " is made" + (timeToLive ? ", with time to live" : ""));
      return ExitCode.OK;
    }
  }

  /** {@code table check}. */
  @Command(name = "check", description = "Says how the table differs from what it has to be.")
  static final class Check extends TableCommand {
    Check(ConfigOption config) {
      super(config);
    }

    @Override
    int run(DynamoDbTable table, String name, boolean threadsExpire) {
      return check(table, name, threadsExpire);
    }
  }
}
