package dev.threadkeep.application;

import dev.threadkeep.application.Finding.Kind;
import dev.threadkeep.application.Finding.Outcome;
import dev.threadkeep.application.Treatment.Measure;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.ThreadInventory.ElementFile;
import dev.threadkeep.domain.ThreadInventory.State;
import dev.threadkeep.domain.ThreadInventory.StepFile;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.domain.port.MaintenanceRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The part of a check-up that goes through what is stored. */
final class ItemCheck {
  private static final Set<Measure> REPAIR = Set.of(Measure.REPAIR);
  private static final Set<Measure> BOTH = Set.of(Measure.REPAIR, Measure.DELETE_FILES);

  /** Files that are looked for at the same time. */
  private static final int AT_A_TIME = 16;

  /** Missing files of which it waits to hear whether any file is there at all. */
  private static final int WAITING = 1_000;

  private final MaintenanceRepository maintenance;
  private final ThreadRemoval removal;
  private final Optional<BlobStore> files;
  private final Cures cures;
  private final Remains remains;
  private final List<Supplier<CompletionStage<Void>>> waiting = new ArrayList<>();
  private boolean anyFileSeen;

  ItemCheck(DataStore store, Optional<BlobStore> files, Cures cures) {
    this.maintenance = store.maintenance();
    this.removal = new ThreadRemoval(store.threads(), files);
    this.files = files;
    this.cures = cures;
    this.remains = new Remains(store, files, cures);
  }

  CompletionStage<Void> examine(List<ThreadInventory> threads) {
    List<Reference> references = new ArrayList<>();
    if (files.isPresent()) {
      threads.forEach(thread -> references.addAll(references(thread)));
    }
    return Stages.inTurn(threads, this::examine)
        .thenCompose(done -> Stages.inTurn(Stages.groups(references, AT_A_TIME), this::checkFiles));
  }

  /** What could not be decided is decided now: at the end, or because a file was seen. */
  CompletionStage<Void> decide() {
    List<Supplier<CompletionStage<Void>>> rest = List.copyOf(waiting);
    waiting.clear();
    return Stages.inTurn(rest, Supplier::get);
  }

  /** Whether there are missing files of which it is not decided yet what becomes of them. */
  boolean isUndecided() {
    return !waiting.isEmpty();
  }

  private CompletionStage<Void> examine(ThreadInventory thread) {
    return thread.isExpired() ? remains.ofExpired(thread) : examineLive(thread);
  }

  private CompletionStage<Void> examineLive(ThreadInventory thread) {
    return ghosts(thread)
        .thenCompose(done -> staleContents(thread))
        .thenCompose(done -> state(thread));
  }

  private CompletionStage<Void> ghosts(ThreadInventory thread) {
    return Stages.inTurn(
        thread.ghosts(),
        step ->
            cures.mend(
                Kind.GHOST_STEP,
                "step " + step + " of thread " + thread.id(),
                thread.latest(),
                REPAIR,
                () -> maintenance.removeGhost(thread.id(), step)));
  }

  private CompletionStage<Void> state(ThreadInventory thread) {
    String what = "thread " + thread.id();
    int children = thread.children() - thread.ghosts().size();
    return switch (thread.state()) {
      case WHOLE -> CompletableFuture.completedStage(null);
      case UNLISTED ->
          cures.mend(
              Kind.UNLISTED_THREAD,
              what,
              thread.latest(),
              REPAIR,
              () -> maintenance.list(thread.id()));
      case CLEARED ->
          children > 0
              ? cures.mend(
                  Kind.UNFINISHED_DELETE,
                  what + ", with " + children + " steps and elements",
                  thread.latest(),
                  REPAIR,
                  () -> maintenance.keep(thread.id())) // what is left may have been written since
              : cures.mend(
                  Kind.UNFINISHED_DELETE,
                  what,
                  thread.latest(),
                  BOTH,
                  () -> removal.remove(thread.id()));
      case MISSING -> remains.ofMissing(thread);
    };
  }

  private CompletionStage<Void> staleContents(ThreadInventory thread) {
    return Stages.inTurn(
        thread.staleContents(),
        stale ->
            cures.mend(
                Kind.STALE_CONTENT,
                name(thread, stale),
                thread.latest(),
                REPAIR,
                () -> maintenance.detachContent(thread.id(), stale.step(), stale.file())));
  }

  /** A file that has to be there, and what to do when it is not. */
  private record Reference(BlobKey file, Supplier<CompletionStage<Void>> ifMissing) {}

  /** The files of a thread; one that is not there itself, or not any more, is dealt with whole. */
  private List<Reference> references(ThreadInventory thread) {
    List<Reference> references = new ArrayList<>();
    if (thread.state() != State.MISSING && !thread.isExpired()) {
      for (StepFile content : thread.contents()) {
        references.add(
            new Reference(
                content.file(),
                () ->
                    mendLost(
                        Kind.LOST_CONTENT,
                        name(thread, content),
                        thread,
                        () ->
                            maintenance.detachContent(
                                thread.id(), content.step(), content.file()))));
      }
      for (ElementFile file : thread.files()) {
        references.add(
            new Reference(
                file.file(),
                () ->
                    mendLost(
                        Kind.LOST_FILE,
                        name(thread, file),
                        thread,
                        () -> maintenance.detachFile(thread.id(), file.element(), file.file()))));
      }
    }
    return references;
  }

  /** Looks for files; while none at all was there, mending what misses them has to wait. */
  private CompletionStage<Void> checkFiles(List<Reference> references) {
    return Stages.all(references.stream().map(it -> files.orElseThrow().find(it.file())).toList())
        .thenCompose(
            found -> {
              List<Supplier<CompletionStage<Void>>> missing = new ArrayList<>();
              for (int i = 0; i < references.size(); i++) {
                anyFileSeen |= found.get(i).isPresent();
                if (found.get(i).isEmpty()) {
                  missing.add(references.get(i).ifMissing());
                }
              }
              if (!knowsWhatToDo() && waiting.size() < WAITING) {
                waiting.addAll(missing);
                return CompletableFuture.completedStage(null);
              }
              CompletionStage<Void> before =
                  knowsWhatToDo() ? decide() : CompletableFuture.completedStage(null);
              return before.thenCompose(done -> Stages.inTurn(missing, Supplier::get));
            });
  }

  /** Where not one file is there, it is more likely that this is not the store of these files. */
  private CompletionStage<Void> mendLost(
      Kind kind, String what, ThreadInventory thread, Supplier<CompletionStage<Boolean>> cure) {
    return knowsWhatToDo()
        ? cures.mend(kind, what, thread.latest(), REPAIR, cure)
        : cures.report(
            kind, what, Outcome.SPARED, "no file at all is there: is this the right store?");
  }

  private boolean knowsWhatToDo() {
    return anyFileSeen || !cures.include(Measure.REPAIR);
  }

  private static String name(ThreadInventory thread, StepFile content) {
    return "step " + content.step() + " of thread " + thread.id() + ", file " + content.file();
  }

  private static String name(ThreadInventory thread, ElementFile file) {
    return "element " + file.element() + " of thread " + thread.id() + ", file " + file.file();
  }
}
