package dev.threadkeep.dynamodb;

import dev.threadkeep.benchmarks.layer.Sample;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import dev.threadkeep.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Steps, from items of the table to JSON and back. */
@State(Scope.Benchmark)
public class StepJmh {
  /** So many steps of 2 KB at a time. */
  @Param({"1000", "1"})
  public int steps;

  private List<Step> entities = List.of();
  private List<Map<String, AttributeValue>> items = List.of();
  private byte[] json = {};

  /** Makes the same steps in each form. */
  @Setup
  public void fill() throws IOException {
    entities =
        IntStream.range(0, steps)
            .mapToObj(i -> Sample.step(Sample.thread(steps), Sample.stepId(i)))
            .toList();
    items = stepsToItems();
    json = stepsToJson().toByteArray();
  }

  @Benchmark
  public List<Step> itemsToSteps() {
    return items.stream().map(Schemas.STEPS::entityOf).toList();
  }

  @Benchmark
  public List<Map<String, AttributeValue>> stepsToItems() {
    return entities.stream().map(step -> Schemas.STEPS.itemToMap(step, true)).toList();
  }

  @Benchmark
  public ByteArrayOutputStream stepsToJson() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonWriter writer = new JsonWriter(out)) {
      writer.beginArray();
      for (Step step : entities) {
        writer.beginObject();
        StepAttributes.SCHEMA.forEachMember(step, writer::member);
        writer.endObject();
      }
      writer.endArray();
    }
    return out;
  }

  @Benchmark
  public List<Step> jsonToSteps() {
    return ((JsonValue.Array) JsonText.parse(json))
        .items().stream().map(step -> StepAttributes.SCHEMA.fromStored((JsonObject) step)).toList();
  }
}
