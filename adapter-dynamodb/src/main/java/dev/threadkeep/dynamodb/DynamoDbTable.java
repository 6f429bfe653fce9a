package dev.threadkeep.dynamodb;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbAsyncWaiter;

/** The table itself: what it has to look like, how to make it, and how to look at one. */
public final class DynamoDbTable {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.dynamodb");

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int POLLS = 120;

  private final DynamoDbAsyncClient client;
  private final String name;

  private DynamoDbTable(DynamoDbAsyncClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /**
   * A table, which need not exist.
   *
   * @param client stays the caller's: it is never closed here
   */
  public static DynamoDbTable of(DynamoDbAsyncClient client, String name) {
    return new DynamoDbTable(client, name);
  }

  /** The CloudFormation template of the table; its parameter {@code TableName} is the name. */
  public static String template() {
    return TableTemplate.text();
  }

  /**
   * The template of a table where DynamoDB removes the items of threads that have expired, some
   * time after they have. It removes nothing else of them.
   */
  public static String templateWithTimeToLive() {
    return TableTemplate.textWithTimeToLive();
  }

  /**
   * Makes the table as the template describes it, and waits for it, at most about two minutes.
   *
   * @return ends when the table can be used; fails with {@code ALREADY_EXISTS} when there is one
   */
  public CompletionStage<Void> create() {
    CreateTableRequest request = TableTemplate.request(name);
    log.info("Creating DynamoDB table {}", name);
    return Call.write("CreateTable", "table " + name)
        .run(name, () -> client.createTable(request), response -> null)
        .thenCompose(creating -> await())
        .thenRun(() -> log.info("DynamoDB table {} is ready", name));
  }

  /**
   * Looks how the table differs from the template: its keys, their types, its index, and what that
   * projects.
   *
   * @return a sentence for each difference; none for a table that fits. Fails with {@code
   *     UNAVAILABLE} when there is no table
   */
  public CompletionStage<List<String>> check() {
    return Call.read("DescribeTable", "table " + name)
        .run(name, () -> client.describeTable(it -> it.tableName(name)), response -> null)
        .thenApply(
            response -> TableDifferences.between(TableTemplate.request(name), response.table()));
  }

  /**
   * Has DynamoDB remove the items of threads that have expired, as the template with time to live
   * does.
   *
   * @return ends when it is accepted; fails with {@code INVALID} where it is on already
   */
  public CompletionStage<Void> enableTimeToLive() {
    return Call.write("UpdateTimeToLive", "table " + name)
        .run(
            name,
            () ->
                client.updateTimeToLive(
                    it -> it.tableName(name).timeToLiveSpecification(TableTemplate.timeToLive())),
            response -> null)
        .thenAccept(enabled -> {});
  }

  /**
   * Whether DynamoDB removes the items of threads that have expired. No difference from the
   * template that has to be mended: threads expire without it, too.
   */
  public CompletionStage<Boolean> hasTimeToLive() {
    return Call.read("DescribeTimeToLive", "table " + name)
        .run(name, () -> client.describeTimeToLive(it -> it.tableName(name)), response -> null)
        .thenApply(response -> isOurs(response.timeToLiveDescription()));
  }

  private static boolean isOurs(TimeToLiveDescription found) {
    return TableTemplate.timeToLive().attributeName().equals(found.attributeName())
        && (found.timeToLiveStatus() == TimeToLiveStatus.ENABLED
            || found.timeToLiveStatus() == TimeToLiveStatus.ENABLING);
  }

  private CompletionStage<Void> await() {
    DynamoDbAsyncWaiter waiter =
        DynamoDbAsyncWaiter.builder()
            .client(client)
            .overrideConfiguration(
                it -> it.backoffStrategyV2(BackoffStrategy.fixedDelay(POLL)).maxAttempts(POLLS))
            .build();
    return Call.read("DescribeTable", "table " + name)
        .run(name, () -> waiter.waitUntilTableExists(it -> it.tableName(name)), response -> null)
        .whenComplete((ready, failure) -> waiter.close())
        .thenAccept(ready -> {});
  }
}
