package dev.threadkeep.benchmarks.server;

import dev.threadkeep.benchmarks.Benchmark;
import java.util.ArrayList;
import java.util.List;

/** What servers are compared by. */
public final class ServerBenchmarks {
  private ServerBenchmarks() {}

  /** One benchmark for each kind of call, and those of a server's life. */
  public static List<Benchmark> all() {
    List<Benchmark> all = new ArrayList<>(TableBenchmark.all());
    all.addAll(List.of(new LimitBenchmark(), new StartBenchmark(), new UploadBenchmark()));
    return all;
  }
}
