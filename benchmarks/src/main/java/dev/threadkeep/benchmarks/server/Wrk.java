package dev.threadkeep.benchmarks.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.threadkeep.benchmarks.Contender;
import dev.threadkeep.benchmarks.Load;
import dev.threadkeep.benchmarks.Measurement;
import dev.threadkeep.benchmarks.Metric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A server that {@code wrk} makes the same call to, again and again. */
final class Wrk implements Contender {
  private static final String SCRIPT = Path.of("src", "main", "wrk", "call.lua").toString();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final ServerProcess server;
  private final Call call;

  Wrk(String name, ServerProcess server, Call call) {
    this.name = name;
    this.server = server;
    this.call = call;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Measurement measure(Load load) throws IOException, InterruptedException {
    Duration before = server.cpu();
    JsonNode run = run(load);
    Duration used = server.cpu().minus(before);
    double requests = run.get("requests").asDouble();
    if (run.get("failed").asInt() > 0) {
      throw new IOException(name + " fails at " + call.path() + ": " + run);
    }
    if (requests == 0) {
      return new Measurement(Map.of(Metric.RATE, 0.0)); // nothing else can be told
    }
    return new Measurement(
        Map.of(
            Metric.RATE, requests / run.get("seconds").asDouble(),
            Metric.P50, run.get("p50").asDouble(),
            Metric.P99, run.get("p99").asDouble(),
            Metric.CPU, used.toNanos() / 1e6 / requests,
            Metric.RESIDENT, server.resident()));
  }

  /** It knows whole seconds only, and one is too short for the ticks that CPU time is told in. */
  private JsonNode run(Load load) throws IOException, InterruptedException {
    long seconds = Math.max(2, Math.round(load.time().toMillis() / 1e3));
    ProcessBuilder builder =
        new ProcessBuilder(
            "wrk",
            "--threads=1",
            "--connections=" + load.underWay(),
            "--duration=" + seconds + "s",
            "--timeout=60s",
            "--script=" + SCRIPT,
            server.address(call.path()).toString());
    builder.environment().put("CALL_METHOD", call.method());
    builder.environment().put("CALL_BODY", call.body());
    builder.environment().put("CALL_COOKIE", Servers.COOKIE);
    return JSON.readTree(said(builder.redirectErrorStream(true)));
  }

  private static String said(ProcessBuilder command) throws IOException, InterruptedException {
    Process wrk;
    try {
      wrk = command.start();
    } catch (IOException missing) {
      throw new IOException("wrk drives the servers and cannot be run; is it installed?", missing);
    }
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (wrk.waitFor() != 0) {
      throw new IOException("wrk failed: " + said);
    }
    return said.lines().filter(it -> it.startsWith("{")).findFirst().orElseThrow();
  }
}
