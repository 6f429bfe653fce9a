package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.threadkeep.application.ChatServices;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.dynamodb.DynamoDbDataStore;
import dev.threadkeep.http.HttpConfig;
import dev.threadkeep.http.ThreadkeepServer;
import dev.threadkeep.local.LocalDataStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * How many bytes an operation allocates, in all threads: what is left of a benchmark that does not
 * depend on the machine. The bounds are 13 to 25 percent above what was measured; one more copy of
 * what is read or written passes them.
 */
@Isolated("it counts what all threads of the process allocate")
class AllocationTest {
  private static final String TOKEN = "the token of a chat backend, for tests";
  private static final ThreadId THREAD = ThreadId.of("thread");
  private static final UserId OWNER = UserId.of("ada");
  private static final String TEXT = "A step of 2 KB, as answers are. ".repeat(62);
  private static final int STEPS = 50;

  private static final int ROUNDS = 12;
  private static final int CALLS = 300;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  @Test
  void theDynamoDbLayerShouldAddLittleToItsClient() {
    DataStore store = DynamoDbDataStore.builder(answeringAtOnce(), "table").build();
    Step step = step(7);
    Patch patch = Patch.set(StepAttributes.OUTPUT, TEXT);

    assertThat(bytes(() -> Await.result(store.threads().load(THREAD))))
        .as("bytes to load %d steps", STEPS)
        .isLessThan(104_000);
    assertThat(bytes(() -> Await.result(store.steps().upsert(step))))
        .as("bytes to create a step")
        .isLessThan(14_100);
    assertThat(bytes(() -> Await.result(store.steps().update(THREAD, step.id(), patch))))
        .as("bytes to update a step")
        .isLessThan(7_250);
  }

  @Test
  void theServerShouldCopyNoAnswer() throws IOException {
    try (LocalDataStore store = LocalDataStore.open(folder, Clock.systemUTC())) {
      Await.result(store.threads().create(ChatThread.builder().id(THREAD).userId(OWNER).build()));
      IntStream.range(0, STEPS).forEach(i -> Await.result(store.steps().upsert(step(i))));
      try (ThreadkeepServer server = server(store).start()) {
        URI address =
            URI.create("http://127.0.0.1:" + server.port() + "/v1/threads/" + THREAD.value());
        byte[] buffer = new byte[1 << 16];
        assertThat(get(address, buffer)).isGreaterThan((long) STEPS * TEXT.length());

        assertThat(bytes(() -> Await.result(store.threads().load(THREAD))))
            .as("bytes to load %d steps from the embedded store", STEPS)
            .isLessThan(440_000);
        assertThat(bytes(() -> get(address, buffer)))
            .as("bytes to answer with them over HTTP")
            .isLessThan(630_000);
      }
    }
  }

  /** The least of some rounds: until the compiler is done, there is more. */
  private static long bytes(Runnable call) {
    return IntStream.range(0, ROUNDS)
        .mapToLong(
            round -> {
              long before = allocated();
              for (int i = 0; i < CALLS; i++) {
                call.run();
              }
              return (allocated() - before) / CALLS;
            })
        .min()
        .orElseThrow();
  }

  private static long allocated() {
    return LongStream.of(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
        .filter(bytes -> bytes > 0) // of a thread that has just ended, less
        .sum();
  }

  private static long get(URI address, byte[] buffer) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setRequestProperty("Authorization", "Bearer " + TOKEN);
      long length = 0;
      try (InputStream answer = connection.getInputStream()) {
        for (int read = 0; read >= 0; read = answer.read(buffer)) {
          length += read;
        }
      }
      return length;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static ThreadkeepServer server(DataStore store) {
    return new ThreadkeepServer(
        HttpConfig.builder().port(0).authSecret("x".repeat(40)).serviceToken(TOKEN).build(),
        ChatServices.of(store, Optional.empty()),
        Optional.empty(),
        () -> CompletableFuture.completedStage(null),
        Clock.systemUTC(),
        () -> UUID.randomUUID().toString());
  }

  private static Step step(int number) {
    return Step.builder()
        .from(Step.assistantMessage(THREAD, StepId.of("step-" + number), TEXT))
        .parentId(StepId.of("run"))
        .streaming(false)
        .isError(false)
        .build();
  }

  /** A client in this process, which answers at once and counts for nothing. */
  private static DynamoDbAsyncClient answeringAtOnce() {
    QueryResponse thread =
        QueryResponse.builder()
            .items(
                Stream.concat(
                        IntStream.range(0, STEPS).mapToObj(AllocationTest::item),
                        Stream.of(threadItem()))
                    .toList())
            .build();
    UpdateItemResponse step = UpdateItemResponse.builder().attributes(item(7)).build();
    Map<String, Object> answers = Map.of("query", thread, "updateItem", step);
    return (DynamoDbAsyncClient)
        Proxy.newProxyInstance(
            AllocationTest.class.getClassLoader(),
            new Class<?>[] {DynamoDbAsyncClient.class},
            (client, method, arguments) ->
                CompletableFuture.completedFuture(answers.get(method.getName())));
  }

  private static Map<String, AttributeValue> threadItem() {
    return texts(Map.of("PK", "THREAD#thread", "SK", "THREAD", "id", "thread", "userId", "ada"));
  }

  private static Map<String, AttributeValue> item(int number) {
    String id = "step-" + number;
    Map<String, AttributeValue> item =
        texts(
            Map.of(
                "PK", "THREAD#thread",
                "SK", "STEP#" + id,
                "id", id,
                "threadId", "thread",
                "parentId", "run",
                "name", "Assistant",
                "type", "assistant_message",
                "output", TEXT,
                "createdAt", "2026-03-01T10:00:00.%06dZ".formatted(STEPS - number)));
    List.of("streaming", "isError").forEach(it -> item.put(it, AttributeValue.fromBool(false)));
    return item;
  }

  private static Map<String, AttributeValue> texts(Map<String, String> attributes) {
    Map<String, AttributeValue> item = new HashMap<>();
    attributes.forEach((name, text) -> item.put(name, AttributeValue.fromS(text)));
    return item;
  }
}
