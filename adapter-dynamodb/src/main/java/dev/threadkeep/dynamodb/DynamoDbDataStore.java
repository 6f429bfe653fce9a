package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.domain.port.ElementRepository;
import dev.threadkeep.domain.port.FeedbackRepository;
import dev.threadkeep.domain.port.StepRepository;
import dev.threadkeep.domain.port.ThreadRepository;
import dev.threadkeep.domain.port.UserRepository;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * All repositories on one DynamoDB table, which others may use at the same time: Chainlit's
 * DynamoDBDataLayer reads what this writes, and the other way round. {@link DynamoDbTable} makes
 * such a table.
 *
 * <p>It has no state and no threads of its own, and may be used by many threads at once. Retries
 * and timeouts are the client's.
 */
public final class DynamoDbDataStore implements DataStore {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.dynamodb");

  private final UserRepository users;
  private final ThreadRepository threads;
  private final StepRepository steps;
  private final ElementRepository elements;
  private final FeedbackRepository feedback;

  private DynamoDbDataStore(Builder builder) {
    Requests requests = new Requests(builder.client, builder.table);
    users = new DynamoDbUsers(requests, builder.clock);
    threads =
        new DynamoDbThreads(requests, builder.clock, new Batches(requests, Backoff.standard()));
    steps = new DynamoDbSteps(requests, builder.clock);
    elements = new DynamoDbElements(requests);
    feedback = new DynamoDbFeedback(requests);
    log.info("Using DynamoDB table {}", builder.table);
  }

  /**
   * A store on a table.
   *
   * @param client stays the caller's: it is never closed here
   * @param table the name of the table
   */
  public static Builder builder(DynamoDbAsyncClient client, String table) {
    return new Builder(client, table);
  }

  @Override
  public UserRepository users() {
    return users;
  }

  @Override
  public ThreadRepository threads() {
    return threads;
  }

  @Override
  public StepRepository steps() {
    return steps;
  }

  @Override
  public ElementRepository elements() {
    return elements;
  }

  @Override
  public FeedbackRepository feedback() {
    return feedback;
  }

  /** Does nothing: the store has opened nothing. */
  @Override
  public void close() {}

  /** What a store is made of. */
  public static final class Builder {
    private final DynamoDbAsyncClient client;
    private final String table;
    private Clock clock = Clock.systemUTC();

    private Builder(DynamoDbAsyncClient client, String table) {
      this.client = client;
      this.table = table;
    }

    /** Where the times come from that the store sets; the system's clock if not given. */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    public DynamoDbDataStore build() {
      return new DynamoDbDataStore(this);
    }
  }
}
