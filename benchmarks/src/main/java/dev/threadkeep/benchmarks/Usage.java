package dev.threadkeep.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What this JVM has used up so far.
 *
 * @param cpuNanos on all threads, those of the JVM itself too
 * @param allocated the bytes that each thread allocated; a thread that has ended is not counted,
 *     and the pools of the clients keep theirs for longer than a round
 */
record Usage(long cpuNanos, Map<Long, Long> allocated) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  static Usage now() {
    long[] ids = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(ids);
    Map<Long, Long> allocated = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      allocated.put(ids[i], Math.max(0, bytes[i]));
    }
    return new Usage(SYSTEM.getProcessCpuTime(), allocated);
  }

  /** What was used since then. */
  Used since(Usage before) {
    long bytes =
        allocated.entrySet().stream()
            .mapToLong(it -> it.getValue() - before.allocated.getOrDefault(it.getKey(), 0L))
            .sum();
    return new Used(cpuNanos - before.cpuNanos, bytes);
  }

  /** What some operations used. */
  record Used(long cpuNanos, long bytes) {
    Measurement measurement(Histogram latencies, double seconds) {
      double operations = latencies.getTotalCount();
      Map<Metric, Double> values = new EnumMap<>(Metric.class);
      values.put(Metric.RATE, operations / seconds);
      values.put(Metric.P50, latencies.getValueAtPercentile(50) / 1e6);
      values.put(Metric.P99, latencies.getValueAtPercentile(99) / 1e6);
      values.put(Metric.CPU, cpuNanos / 1e6 / operations);
      values.put(Metric.ALLOCATED, bytes / 1e3 / operations);
      return new Measurement(values);
    }
  }
}
