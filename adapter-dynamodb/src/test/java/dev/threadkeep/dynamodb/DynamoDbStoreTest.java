package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.contract.StoreContract;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.memory.InMemoryBlobStore;
import dev.threadkeep.domain.port.DataStore;
import java.net.URI;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One table for all tests of a class: they have to get along with each other. In the end, what they
 * have left in the table is what Chainlit's reader needs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DynamoDbStoreTest implements StoreContract {
  private static final Set<AttributeValue.Type> READABLE =
      EnumSet.of(
          AttributeValue.Type.S,
          AttributeValue.Type.N,
          AttributeValue.Type.BOOL,
          AttributeValue.Type.NUL,
          AttributeValue.Type.L,
          AttributeValue.Type.M);

  private static final Map<String, List<String>> NEEDED =
      Map.of(
          "USER", List.of("id", "identifier", "metadata", "createdAt"),
          "THREAD", List.of("id", "name", "createdAt"),
          "STEP", List.of("id", "threadId", "createdAt"),
          "ELEMENT", List.of("id", "threadId", "objectKey"),
          "FEEDBACK", List.of("UserThreadPK", "UserThreadSK"), // it passes over these two
          "FAVORITE", List.of("UserThreadPK", "UserThreadSK"));

  private final TestClock clock = new TestClock();
  private final String table = DynamoDbLocal.createTable();
  private final DataStore store =
      configure(
              DynamoDbDataStore.builder(DynamoDbLocal.client(), table)
                  .clock(clock)
                  .blobs(new InMemoryBlobStore(URI.create("https://files.test"))))
          .build();

  /** What the tests of a class want of the store besides. */
  DynamoDbDataStore.Builder configure(DynamoDbDataStore.Builder builder) {
    return builder;
  }

  @Override
  public DataStore store() {
    return store;
  }

  @Override
  public TestClock clock() {
    return clock;
  }

  @AfterAll
  void everyItemShouldBeAsChainlitReadsIt() {
    List<Map<String, AttributeValue>> items = new RawTable(table).scan();

    assertThat(items).isNotEmpty().allSatisfy(DynamoDbStoreTest::assertReadable);
  }

  private static void assertReadable(Map<String, AttributeValue> item) {
    String kind = item.get("SK").s().split("#", 2)[0];
    assertThat(item).containsKeys(NEEDED.get(kind).toArray(String[]::new));
    assertTypes(item.values());
    AttributeValue objectKey = item.get("objectKey");
    if (objectKey != null) {
      assertThat(objectKey.type()).isEqualTo(AttributeValue.Type.S);
    }
    AttributeValue feedback = item.get("feedback");
    if (feedback != null) {
      assertThat(feedback.m().get("value").type()).isEqualTo(AttributeValue.Type.N);
    }
  }

  private static void assertTypes(Collection<AttributeValue> values) {
    for (AttributeValue value : values) {
      assertThat(value.type()).isIn(READABLE);
      assertTypes(value.m().values());
      assertTypes(value.l());
    }
  }
}
