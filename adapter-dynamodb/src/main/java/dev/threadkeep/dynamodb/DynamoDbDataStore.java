package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.domain.port.ElementRepository;
import dev.threadkeep.domain.port.FeedbackRepository;
import dev.threadkeep.domain.port.MaintenanceRepository;
import dev.threadkeep.domain.port.StepRepository;
import dev.threadkeep.domain.port.ThreadRepository;
import dev.threadkeep.domain.port.TransferRepository;
import dev.threadkeep.domain.port.UserRepository;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
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
  private final MaintenanceRepository maintenance;
  private final TransferRepository transfer;

  private DynamoDbDataStore(Builder builder) {
    Requests requests = new Requests(builder.client, builder.table);
    LargeValues large = new LargeValues(builder.blobs, builder.blobKeys, builder.blobNames);
    Batches batches = new Batches(builder.client, builder.table, Backoff.standard());
    users = new DynamoDbUsers(requests, builder.clock);
    threads = new DynamoDbThreads(requests, builder.clock, batches, large, builder.threadsExpire);
    steps = new DynamoDbSteps(requests, batches, large, builder.clock);
    elements = new DynamoDbElements(requests);
    feedback = new DynamoDbFeedback(requests);
    maintenance = new DynamoDbMaintenance(requests, builder.clock);
    transfer = new DynamoDbTransfer(requests, builder.blobs, builder.blobKeys);
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

  @Override
  public MaintenanceRepository maintenance() {
    return maintenance;
  }

  @Override
  public TransferRepository transfer() {
    return transfer;
  }

  /** Does nothing: the store has opened nothing. */
  @Override
  public void close() {}

  /** What a store is made of. */
  public static final class Builder {
    private final DynamoDbAsyncClient client;
    private final String table;
    private Clock clock = Clock.systemUTC();
    private Optional<BlobStore> blobs = Optional.empty();
    private BlobKeys blobKeys = BlobKeys.withoutPrefix();
    private Supplier<String> blobNames = new RandomNames();
    private boolean threadsExpire;

    private Builder(DynamoDbAsyncClient client, String table) {
      this.client = client;
      this.table = table;
    }

    /** Where the times come from that the store sets; the system's clock if not given. */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /**
     * Where values of steps go that would make an item of more than 300 KB: {@code input}, {@code
     * output}, {@code generation} and {@code metadata}. The item keeps a preview of them. Without
     * it, a step of more than 400 KB is refused.
     */
    public Builder blobs(BlobStore value) {
      blobs = Optional.of(value);
      return this;
    }

    /** What the keys of these files begin with; nothing if not given. */
    public Builder blobKeys(BlobKeys value) {
      blobKeys = value;
      return this;
    }

    /** Names for these files, another one each time; random ones if not given. */
    public Builder blobNames(Supplier<String> value) {
      blobNames = value;
      return this;
    }

    /**
     * Has the lists of threads leave out what has expired, for one batch read more, because the
     * index does not say so. Reads of a thread by its id, favourites, and lists by feedback do so
     * in any case, and at no cost.
     */
    public Builder threadsExpire() {
      threadsExpire = true;
      return this;
    }

    public DynamoDbDataStore build() {
      return new DynamoDbDataStore(this);
    }
  }
}
