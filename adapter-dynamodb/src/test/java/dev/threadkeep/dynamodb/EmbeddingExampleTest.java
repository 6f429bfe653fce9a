package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.port.DataStore;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The embedding example of the README compiles with the jars of this module, and does what it says.
 */
class EmbeddingExampleTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- test: embed -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path classes;

  @Test
  void theExampleShouldStoreAndListAThread() throws Exception {
    String table = DynamoDbLocal.createTable();
    compile(example().replace("\"chat\"", '"' + table + '"'));

    Await.result(run());

    DataStore store = DynamoDbDataStore.builder(DynamoDbLocal.client(), table).build();
    assertThat(Await.result(store.threads().list(UserId.of("ada"), PageRequest.first(20))).items())
        .extracting(ThreadSummary::id)
        .containsExactly(ThreadId.of("t-1"));
    assertThat(Await.result(store.steps().find(ThreadId.of("t-1"), StepId.of("s-1")))).isPresent();
  }

  /** The example as it stands in the README, which ends in the stage of its last statement. */
  private static String example() throws IOException {
    Matcher found = EXAMPLE.matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(found.find()).as("an example in the README").isTrue();
    String code = found.group(1);
    assertThat(code.lines().count()).as("a dozen lines").isLessThanOrEqualTo(12);
    return """
        import dev.threadkeep.domain.*;
        import dev.threadkeep.domain.port.*;
        import dev.threadkeep.dynamodb.*;
        import dev.threadkeep.s3.*;

        public class Example {
          public static java.util.concurrent.CompletionStage<?> run(
              software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient dynamoDbAsyncClient,
              software.amazon.awssdk.services.s3.S3AsyncClient s3AsyncClient,
              software.amazon.awssdk.services.s3.presigner.S3Presigner s3Presigner,
              org.slf4j.Logger log) {
        %s
          }
        }
        """
        .formatted(code.replace("store.threads().create(", "return store.threads().create("));
  }

  private void compile(String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                problems,
                null,
                null,
                List.of("-proc:none", "-d", classes.toString()),
                null,
                List.of(new Source(source)))
            .call();
    assertThat(compiled).as(problems.toString()).isTrue();
  }

  private CompletionStage<?> run() throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      return (CompletionStage<?>)
          loader
              .loadClass("Example")
              .getMethod(
                  "run",
                  DynamoDbAsyncClient.class,
                  S3AsyncClient.class,
                  S3Presigner.class,
                  Logger.class)
              .invoke(
                  null,
                  DynamoDbLocal.client(),
                  S3AsyncClient.builder()
                      .region(Region.US_EAST_1)
                      .build(), // used for nothing so small
                  S3Presigner.builder().region(Region.US_EAST_1).build(),
                  LoggerFactory.getLogger("example"));
    }
  }

  /** Source code that is in memory. */
  private static final class Source extends SimpleJavaFileObject {
    private final String code;

    Source(String code) {
      super(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }
}
