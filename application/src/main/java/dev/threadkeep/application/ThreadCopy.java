package dev.threadkeep.application;

import dev.threadkeep.application.Difference.Kind;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Copies one thread with all that belongs to it, or what is stored under its id without a thread.
 * Of both sides it keeps hashes alone, and a page of the source.
 *
 * <p>Where the target has another person's thread under the id, or only one of both sides has a
 * thread at all, nothing is added to it.
 */
final class ThreadCopy {
  /** Steps and elements of one thread that are written at the same time. */
  private static final int AT_A_TIME = 8;

  private final Copy.Side source;
  private final Copy.Side target;
  private final Copy.Mode mode;
  private final FileCopy files;
  private final CopyReport report;
  private final ThreadId id;

  /** What the target should have. */
  private final Fingerprints wanted = new Fingerprints();

  /** What is not there, as was reported already. */
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  private Optional<UserId> owner = Optional.empty();
  private boolean isTaken;

  ThreadCopy(
      Copy.Side source,
      Copy.Side target,
      Copy.Mode mode,
      FileCopy files,
      CopyReport report,
      ThreadId id) {
    this.source = source;
    this.target = target;
    this.mode = mode;
    this.files = files;
    this.report = report;
    this.id = id;
  }

  CompletionStage<CopyTally> run() {
    return Fingerprints.of(target.data().transfer(), id)
        .thenCompose(
            before ->
                source
                    .data()
                    .transfer()
                    .contents(id, Optional.empty())
                    .thenCompose(
                        page -> {
                          begin(page.items(), before);
                          return copy(page, before, CopyTally.NONE);
                        })
                    .thenCompose(
                        tally ->
                            after(tally, before)
                                .thenApply(after -> tally.plus(compare(before, after)))));
  }

  /** The first item tells whether there is a thread, and whose it is. */
  private void begin(List<StoredItem> items, Fingerprints before) {
    Optional<ChatThread> thread =
        !items.isEmpty() && items.get(0) instanceof StoredItem.OfThread it
            ? Optional.of(it.thread())
            : Optional.empty();
    owner = thread.flatMap(ChatThread::userId);
    boolean isSame =
        before.thread().isPresent() == thread.isPresent()
            && before.thread().flatMap(ChatThread::userId).equals(owner);
    isTaken = !before.all().isEmpty() && !isSame;
  }

  private CompletionStage<CopyTally> copy(
      Page<StoredItem> page, Fingerprints before, CopyTally sum) {
    List<StoredItem> items = page.items();
    int first = !items.isEmpty() && items.get(0) instanceof StoredItem.OfThread ? 1 : 0;
    return CopyTally.ofAll(items.subList(0, first), 1, item -> copy(item, before))
        .thenCompose(
            thread ->
                CopyTally.ofAll(
                        items.subList(first, items.size()), AT_A_TIME, item -> copy(item, before))
                    .thenApply(thread::plus))
        .thenApply(sum::plus)
        .thenCompose(
            tally ->
                page.next().isPresent()
                    ? next(page.next(), before, tally)
                    : CompletableFuture.completedStage(tally));
  }

  private CompletionStage<CopyTally> next(
      Optional<Cursor> after, Fingerprints before, CopyTally sum) {
    return source.data().transfer().contents(id, after).thenCompose(it -> copy(it, before, sum));
  }

  private CompletionStage<CopyTally> copy(StoredItem item, Fingerprints before) {
    if (item instanceof StoredItem.Unreadable it) {
      return CompletableFuture.completedStage(
          report.found(Kind.UNREADABLE, it.what(), it.reason()));
    }
    try {
      return copy(item, asAtTarget(item), before);
    } catch (DataLayerException noSuchKey) {
      return report.refused(what(Fingerprints.name(item)), noSuchKey);
    }
  }

  private CompletionStage<CopyTally> copy(
      StoredItem item, StoredItem written, Fingerprints before) {
    wanted.add(written);
    CopyTally seen = CopyTally.source(Amounts.of(item));
    String name = Fingerprints.name(written);
    Optional<String> there = before.get(name);
    if (isTaken || (there.isPresent() && !there.equals(wanted.get(name)))) {
      return CompletableFuture.completedStage(seen); // the comparison tells of it
    }
    return file(item, written)
        .thenCompose(
            file ->
                file.isInTheWay()
                    ? CompletableFuture.completedStage(refused(name, file.tally()))
                    : write(written, name, there.isPresent()).thenApply(file.tally()::plus))
        .thenApply(seen::plus);
  }

  private CopyTally refused(String name, CopyTally tally) {
    refused.add(name);
    return tally;
  }

  private CompletionStage<CopyTally> write(StoredItem item, String name, boolean isThere) {
    CopyTally copied = CopyTally.copied(Amounts.of(item));
    if (isThere) {
      return CompletableFuture.completedStage(CopyTally.NONE);
    } else if (mode == Copy.Mode.REHEARSAL) {
      return CompletableFuture.completedStage(copied);
    }
    return target
        .data()
        .transfer()
        .restore(item)
        .thenApply(written -> written ? copied : CopyTally.NONE)
        .exceptionallyCompose(
            failure ->
                report.refused(what(name), failure).thenApply(tally -> refused(name, tally)));
  }

  private CompletionStage<FileCopy.Result> file(StoredItem item, StoredItem written) {
    return fileOf(item).isEmpty()
        ? CompletableFuture.completedStage(FileCopy.Result.NONE)
        : files.copy(
            what(Fingerprints.name(item)),
            fileOf(item).orElseThrow(),
            fileOf(written).orElseThrow());
  }

  /** The same, with the key that its file has there. */
  private StoredItem asAtTarget(StoredItem item) {
    String from = source.keys().prefix();
    String to = target.keys().prefix();
    if (from.equals(to) || fileOf(item).isEmpty()) {
      return item;
    }
    Element element = ((StoredItem.OfElement) item).element();
    String key = fileOf(item).orElseThrow().value();
    BlobKey there =
        key.startsWith(from)
            ? BlobKey.of(to + key.substring(from.length()))
            : target.keys().ofElement(owner, id, element.id());
    return new StoredItem.OfElement(Element.builder().from(element).objectKey(there).build());
  }

  private static Optional<BlobKey> fileOf(StoredItem item) {
    return item instanceof StoredItem.OfElement it ? it.element().objectKey() : Optional.empty();
  }

  /** What the target has in the end, read once more if anything was written. */
  private CompletionStage<Fingerprints> after(CopyTally tally, Fingerprints before) {
    return mode == Copy.Mode.REHEARSAL || tally.copied().equals(Amounts.NONE)
        ? CompletableFuture.completedStage(before)
        : Fingerprints.of(target.data().transfer(), id);
  }

  private CopyTally compare(Fingerprints before, Fingerprints after) {
    CopyTally tally = CopyTally.target(after.amounts());
    if (isTaken) {
      return tally.plus(report.found(Kind.CONFLICT, "thread " + id, "it is somebody else's"));
    }
    for (String name : wanted.all().keySet()) {
      Optional<String> there = after.get(name);
      boolean isMissing = there.isEmpty() && mode == Copy.Mode.COPY && !refused.contains(name);
      boolean isOther = there.isPresent() && !there.equals(wanted.get(name));
      if (isMissing || isOther) {
        boolean wasThere = before.get(name).isPresent();
        tally = tally.plus(report.found(wasThere ? Kind.CONFLICT : Kind.NOT_ARRIVED, what(name)));
      }
    }
    for (String name : after.all().keySet()) {
      if (wanted.get(name).isEmpty()) {
        tally = tally.plus(report.found(Kind.ONLY_AT_TARGET, what(name)));
      }
    }
    return tally;
  }

  private String what(String name) {
    return name.equals(Fingerprints.THREAD) ? "thread " + id : name + " of thread " + id;
  }
}
