package dev.threadkeep.application;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.ElementRepository;
import dev.threadkeep.domain.port.StepRepository;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** What can be done with steps. */
public final class StepService {
  private final StepRepository steps;
  private final ElementRepository elements;
  private final Ownership ownership;
  private final Activity activity;
  private final Files files;

  StepService(
      StepRepository steps,
      ElementRepository elements,
      Ownership ownership,
      Activity activity,
      Files files) {
    this.steps = steps;
    this.elements = elements;
    this.ownership = ownership;
    this.activity = activity;
    this.files = files;
  }

  /** The step; fails with {@code NOT_FOUND}. */
  public CompletionStage<Step> get(Caller caller, ThreadId thread, StepId id) {
    return ownership
        .checkRead(caller, thread)
        .thenCompose(allowed -> steps.find(thread, id))
        .thenApply(step -> step.orElseThrow(() -> notFound(id)));
  }

  /** The steps of a thread in the order of their ids. */
  public CompletionStage<Page<Step>> list(Caller caller, ThreadId thread, PageRequest page) {
    return ownership.checkRead(caller, thread).thenCompose(allowed -> steps.list(thread, page));
  }

  /**
   * Creates the step, or merges it into the one that is stored; see {@link StepRepository#upsert}.
   * A message makes its thread active. A person writes into a thread of theirs only; the service
   * may write a step before its thread.
   */
  public CompletionStage<Step> put(Caller caller, Step step) {
    return ownership
        .check(caller, step.threadId())
        .thenCompose(allowed -> steps.upsert(step))
        .thenCompose(
            stored ->
                noteMessage(step.threadId(), Activity.isMessage(stored))
                    .thenApply(noted -> stored));
  }

  /**
   * {@link #put} for up to {@value dev.threadkeep.domain.Limits#BULK_STEPS} steps of one thread:
   * one invalid step refuses all, then what became of each is told; see {@link
   * StepRepository#upsertAll}. A step without a type that has an output counts as a message: what
   * is stored, and has a type, is not read for it.
   */
  public CompletionStage<List<WriteResult<StepId>>> putAll(
      Caller caller, ThreadId thread, List<Step> batch) {
    return ownership
        .check(caller, thread)
        .thenCompose(allowed -> steps.upsertAll(batch))
        .thenCompose(
            results ->
                noteMessage(thread, anyMessageWritten(batch, results)).thenApply(noted -> results));
  }

  /**
   * Changes the step; a new text of a message makes its thread active. Fails with {@code
   * NOT_FOUND}.
   */
  public CompletionStage<Step> update(Caller caller, ThreadId thread, StepId id, Patch patch) {
    boolean edited = patch.changes().get(StepAttributes.OUTPUT.name()).isPresent();
    return ownership
        .check(caller, thread)
        .thenCompose(allowed -> steps.update(thread, id, patch))
        .thenCompose(
            stored ->
                noteMessage(thread, edited && Activity.isMessage(stored))
                    .thenApply(noted -> stored));
  }

  /** Makes the step a favourite of its thread's owner; fails with {@code NOT_FOUND}. */
  public CompletionStage<Step> mark(Caller caller, ThreadId thread, StepId id) {
    return update(caller, thread, id, favorite(true));
  }

  /** Makes the step no favourite; fails with {@code NOT_FOUND}. */
  public CompletionStage<Step> unmark(Caller caller, ThreadId thread, StepId id) {
    return update(caller, thread, id, favorite(false));
  }

  /** A user's favourites, the newest first. */
  public CompletionStage<List<Step>> listFavorites(Caller caller, UserId owner) {
    return ownership.check(caller, owner).thenCompose(allowed -> steps.listFavorites(owner));
  }

  /**
   * Removes the step with its elements and their files; fails with {@code NOT_FOUND}. When it fails
   * otherwise, repeat it.
   */
  public CompletionStage<Void> delete(Caller caller, ThreadId thread, StepId id) {
    return ownership
        .check(caller, thread)
        .thenCompose(allowed -> elements.listOfStep(thread, id))
        .thenCompose(
            owned ->
                Stages.all(owned.stream().map(it -> elements.delete(thread, it.id())).toList()))
        .thenCompose(
            deleted ->
                steps
                    .delete(thread, id)
                    .thenCompose(
                        wasThere -> {
                          if (!wasThere && deleted.isEmpty()) {
                            throw notFound(id);
                          }
                          return files.delete(keys(deleted));
                        }));
  }

  private static Patch favorite(boolean favorite) {
    return Patch.set(StepAttributes.METADATA, JsonObject.of(Step.FAVORITE, JsonValue.of(favorite)));
  }

  private CompletionStage<Void> noteMessage(ThreadId thread, boolean isMessage) {
    return isMessage ? activity.messageWritten(thread) : CompletableFuture.completedStage(null);
  }

  private static boolean anyMessageWritten(List<Step> batch, List<WriteResult<StepId>> results) {
    return IntStream.range(0, batch.size())
        .anyMatch(i -> results.get(i).error().isEmpty() && mayBeMessage(batch.get(i)));
  }

  /** What is edited has its type already, and need not repeat it. */
  private static boolean mayBeMessage(Step step) {
    return Activity.isMessage(step) || (step.type().isEmpty() && step.output().isPresent());
  }

  private static List<BlobKey> keys(List<Optional<Element>> deleted) {
    return deleted.stream()
        .flatMap(Optional::stream)
        .flatMap(it -> it.objectKey().stream())
        .toList();
  }

  private static DataLayerException notFound(StepId id) {
    return DataLayerException.notFound("step", id);
  }
}
