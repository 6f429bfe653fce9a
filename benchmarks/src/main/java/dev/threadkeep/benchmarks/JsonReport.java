package dev.threadkeep.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that was measured, each round of it, as JSON. */
final class JsonReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonReport() {}

  static String of(Environment environment, List<Result> results) throws JsonProcessingException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("environment", environment.values());
    report.put("results", results);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
  }
}
