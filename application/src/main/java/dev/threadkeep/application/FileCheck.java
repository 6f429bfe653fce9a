package dev.threadkeep.application;

import dev.threadkeep.application.Finding.Kind;
import dev.threadkeep.application.Finding.Outcome;
import dev.threadkeep.application.Treatment.Measure;
import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.domain.port.MaintenanceRepository;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * The part of a check-up that goes through the files. Those whose keys are not of our form are
 * somebody else's and passed over in silence.
 */
final class FileCheck {
  private static final Set<Measure> DELETE = Set.of(Measure.DELETE_FILES);

  /** Threads that are looked up at the same time. */
  private static final int AT_A_TIME = 16;

  private final MaintenanceRepository maintenance;
  private final BlobStore files;
  private final BlobKeys keys;
  private final Cures cures;

  FileCheck(DataStore store, BlobStore files, BlobKeys keys, Cures cures) {
    this.maintenance = store.maintenance();
    this.files = files;
    this.keys = keys;
    this.cures = cures;
  }

  /** Checks the page after a cursor. */
  CompletionStage<Page<BlobEntry>> page(Optional<Cursor> after) {
    return files
        .list(keys.prefix(), after)
        .thenCompose(
            page ->
                Stages.inTurn(
                        Stages.groups(List.copyOf(byThread(page.items()).entrySet()), AT_A_TIME),
                        this::check)
                    .thenApply(done -> page));
  }

  /** A key can be of several threads; files of the same ones are looked up together. */
  private Map<List<ThreadId>, List<BlobEntry>> byThread(List<BlobEntry> entries) {
    Map<List<ThreadId>, List<BlobEntry>> groups = new LinkedHashMap<>();
    for (BlobEntry entry : entries) {
      List<ThreadId> threads = keys.possibleThreadsOf(entry.key());
      if (!threads.isEmpty()) {
        groups.computeIfAbsent(threads, any -> new ArrayList<>()).add(entry);
      }
    }
    return groups;
  }

  /** Looks the threads up together, and then deals with the files one after the other. */
  private CompletionStage<Void> check(List<Map.Entry<List<ThreadId>, List<BlobEntry>>> groups) {
    return Stages.all(groups.stream().map(group -> known(group.getKey())).toList())
        .thenCompose(
            known ->
                Stages.inTurn(
                    IntStream.range(0, groups.size()).boxed().toList(),
                    i -> check(groups.get(i).getValue(), known.get(i))));
  }

  /** The files of those of the threads that are here. */
  private CompletionStage<Map<ThreadId, Set<BlobKey>>> known(List<ThreadId> threads) {
    return Stages.all(threads.stream().map(maintenance::filesOf).toList())
        .thenApply(
            files -> {
              Map<ThreadId, Set<BlobKey>> known = new HashMap<>();
              for (int i = 0; i < threads.size(); i++) {
                ThreadId thread = threads.get(i);
                files.get(i).ifPresent(its -> known.put(thread, its));
              }
              return known;
            });
  }

  private CompletionStage<Void> check(List<BlobEntry> entries, Map<ThreadId, Set<BlobKey>> known) {
    return Stages.inTurn(
        entries.stream()
            .filter(entry -> known.values().stream().noneMatch(it -> it.contains(entry.key())))
            .toList(),
        entry ->
            keys.threadsOf(entry.key()).stream().anyMatch(known::containsKey)
                ? mend(entry)
                : reportUnknown(entry));
  }

  private CompletionStage<Void> mend(BlobEntry entry) {
    return cures.mend(
        Kind.ORPHANED_FILE,
        name(entry),
        Optional.of(entry.modified()),
        DELETE,
        () -> deleteIfUnchanged(entry));
  }

  /** Somebody may have stored it again a moment ago, and is about to refer to it. */
  private CompletionStage<Boolean> deleteIfUnchanged(BlobEntry entry) {
    return files
        .find(entry.key())
        .thenCompose(
            found ->
                found.filter(it -> isSame(it, entry)).isEmpty()
                    ? CompletableFuture.completedStage(false)
                    : files.delete(entry.key()).thenApply(gone -> true));
  }

  /** Some servers tell the time of a file more exactly in a list than by itself. */
  private static boolean isSame(BlobInfo now, BlobEntry listed) {
    return now.size() == listed.size()
        && now.modified()
            .truncatedTo(ChronoUnit.SECONDS)
            .equals(listed.modified().truncatedTo(ChronoUnit.SECONDS));
  }

  private CompletionStage<Void> reportUnknown(BlobEntry entry) {
    return cures.report(
        Kind.UNKNOWN_FILE,
        name(entry),
        Outcome.REPORTED,
        cures.include(Measure.DELETE_FILES) ? "it may be another application's" : "");
  }

  private static String name(BlobEntry entry) {
    return String.format(
        Locale.ROOT, "file %s, %,d bytes of %s", entry.key(), entry.size(), entry.modified());
  }
}
