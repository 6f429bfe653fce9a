package dev.threadkeep.dynamodb;

import dev.threadkeep.benchmarks.layer.Sample;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keys and cursors, made and taken apart. */
@State(Scope.Benchmark)
public class KeyJmh {
  private final Map<String, AttributeValue> key =
      Keys.step(Sample.thread(50), Sample.FIRST).attributes();
  private final String sort = Keys.indexSort(Sample.TIME);
  private final Cursor cursor = Cursors.of(sort, Sample.thread(50).value());

  @Benchmark
  public Optional<ThreadId> keyToThread() {
    return Keys.threadOf(ItemKey.of(key));
  }

  @Benchmark
  public Optional<StepId> keyToStep() {
    return Keys.stepOf(ItemKey.of(key));
  }

  @Benchmark
  public Cursor positionToCursor() {
    return Cursors.of(sort, Sample.thread(50).value());
  }

  @Benchmark
  public List<String> cursorToPosition() {
    return Cursors.position(cursor, 2);
  }
}
