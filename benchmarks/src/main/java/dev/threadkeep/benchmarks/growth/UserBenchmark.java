package dev.threadkeep.benchmarks.growth;

import dev.threadkeep.benchmarks.Benchmark;
import dev.threadkeep.benchmarks.Contender;
import dev.threadkeep.benchmarks.Form;
import dev.threadkeep.benchmarks.Harness;
import dev.threadkeep.benchmarks.InProcess;
import dev.threadkeep.benchmarks.Metric;
import dev.threadkeep.benchmarks.Target;
import dev.threadkeep.benchmarks.layer.Sample;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.port.DataStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A user's lists, as the user has more and more threads. */
final class UserBenchmark implements Benchmark {
  private static final int FEWEST = 100;
  private static final PageRequest PAGE = PageRequest.first(20);

  private final StoreKind kind;

  UserBenchmark(StoreKind kind) {
    this.kind = kind;
  }

  @Override
  public String name() {
    return "growth/user-" + kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean isOnlyInFull() {
    return kind == StoreKind.TABLE;
  }

  @Override
  public void run(Harness harness) throws Exception {
    Map<Integer, DataStore> stores = new LinkedHashMap<>();
    int most = kind.mostThreads(harness.form());
    int factor = harness.form() == Form.SHORT ? most / FEWEST : 10;
    for (int threads = most; threads >= FEWEST; threads /= factor) {
      DataStore store = kind.open();
      new GrownUser(store).grow(threads);
      stores.put(threads, store);
    }
    List<Target> listed = List.of(Target.atMost(1.2, Metric.P50, title(most), title(FEWEST)));
    compare(harness, stores, "list page", listed, store -> store.threads().list(Sample.USER, PAGE));
    compare(
        harness,
        stores,
        "get thread",
        List.of(),
        store -> store.threads().load(GrownUser.id(FEWEST / 2)));
    compare(harness, stores, "search", List.of(), UserBenchmark::search);
    compare(harness, stores, "feedback filter", List.of(), UserBenchmark::rated);
    stores.values().forEach(DataStore::close);
  }

  private void compare(
      Harness harness,
      Map<Integer, DataStore> stores,
      String what,
      List<Target> targets,
      Function<DataStore, CompletionStage<?>> operation)
      throws Exception {
    List<Contender> sizes = new ArrayList<>();
    stores.forEach(
        (threads, store) -> sizes.add(new InProcess(title(threads), () -> operation.apply(store))));
    harness.warmUp(1, sizes);
    harness.compare(what + " on " + kind.title(), 1, sizes, targets);
  }

  private static CompletionStage<?> search(DataStore store) {
    return store.threads().list(Sample.USER, ThreadFilter.search(GrownUser.RARE), PAGE);
  }

  private static CompletionStage<?> rated(DataStore store) {
    return store.threads().list(Sample.USER, ThreadFilter.all().withFeedback(1), PAGE);
  }

  private static String title(int threads) {
    return "%,d threads".formatted(threads);
  }
}
