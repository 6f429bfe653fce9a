package dev.threadkeep.benchmarks.server;

import dev.threadkeep.benchmarks.Benchmark;
import dev.threadkeep.benchmarks.Contender;
import dev.threadkeep.benchmarks.Form;
import dev.threadkeep.benchmarks.Harness;
import dev.threadkeep.benchmarks.Load;
import dev.threadkeep.benchmarks.Measurement;
import dev.threadkeep.benchmarks.Metric;
import dev.threadkeep.benchmarks.WorkFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Files of growing size, one after the other, over HTTP into the folder of the server. */
final class UploadBenchmark implements Benchmark {
  private static final long KB = 1_000;
  private static final long MB = 1_000 * KB;

  @Override
  public String name() {
    return "server/upload";
  }

  @Override
  public boolean isOnlyInFull() {
    return true;
  }

  @Override
  public void run(Harness harness) throws Exception {
    Path folder = WorkFolder.create("upload-");
    try (ServerProcess server = Servers.ours(folder.resolve("data"))) {
      server.send(json(server, "/v1/threads/uploads", "{\"userId\":\"ada\"}"));
      List<Contender> sizes = new ArrayList<>();
      for (long bytes : sizes(harness.form())) {
        String element = "/v1/threads/uploads/elements/" + bytes;
        server.send(json(server, element, "{\"type\":\"file\",\"name\":\"file\"}"));
        sizes.add(new Upload(server, element + "/content", file(folder, bytes), bytes));
      }
      harness.warmUp(1, sizes);
      harness.compare("to the folder of files", 1, sizes, List.of());
    }
  }

  private static List<Long> sizes(Form form) {
    List<Long> sizes = List.of(100 * MB, MB, KB);
    if (form == Form.SHORT) {
      return sizes;
    }
    List<Long> all = new ArrayList<>(List.of(1_000 * MB));
    all.addAll(sizes);
    return all;
  }

  private static Path file(Path folder, long bytes) throws IOException {
    Path file = folder.resolve("file-" + bytes);
    try (RandomAccessFile empty = new RandomAccessFile(file.toFile(), "rw")) {
      empty.setLength(bytes);
    }
    return file;
  }

  private static HttpRequest.Builder json(ServerProcess server, String path, String body) {
    return put(server, path)
        .header("Content-Type", "application/json")
        .PUT(BodyPublishers.ofString(body));
  }

  private static HttpRequest.Builder put(ServerProcess server, String path) {
    return HttpRequest.newBuilder(server.address(path))
        .header("Authorization", "Bearer " + Servers.SERVICE_TOKEN);
  }

  /** A file that is uploaded again and again. */
  private record Upload(ServerProcess server, String path, Path file, long bytes)
      implements Contender {
    @Override
    public String name() {
      return bytes >= MB ? bytes / MB + " MB" : bytes / KB + " KB";
    }

    @Override
    public Measurement measure(Load load) throws IOException, InterruptedException {
      Duration before = server.cpu();
      long begun = System.nanoTime();
      int uploads = 0;
      do {
        server.send(
            put(server, path)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofFile(file)));
        uploads++;
      } while (System.nanoTime() - begun < load.time().toNanos());
      double millis = (System.nanoTime() - begun) / 1e6;
      return new Measurement(
          Map.of(
              Metric.RATE,
              uploads / millis * 1e3,
              Metric.TIME,
              millis / uploads,
              Metric.CPU,
              server.cpu().minus(before).toNanos() / 1e6 / uploads,
              Metric.RESIDENT,
              server.resident()));
    }
  }
}
