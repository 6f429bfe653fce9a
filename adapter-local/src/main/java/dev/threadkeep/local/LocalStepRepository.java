package dev.threadkeep.local;

import static dev.threadkeep.domain.StepAttributes.CREATED_AT;
import static dev.threadkeep.domain.StepAttributes.SCHEMA;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.port.StepRepository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;

/** Steps as rows of the table {@code step}. */
final class LocalStepRepository implements StepRepository {
  private static final String LIST = "steps";

  private static final Comparator<Step> NEWEST_FIRST =
      Comparator.comparing(
              (Step step) -> step.createdAt().orElse(new Timestamp("")), Timestamp.ORDER)
          .reversed();

  private final Database database;
  private final Stamps stamps;

  LocalStepRepository(Database database, Stamps stamps) {
    this.database = database;
    this.stamps = stamps;
  }

  @Override
  public CompletionStage<Optional<Step>> find(ThreadId thread, StepId id) {
    return database.read(
        "find " + StepRows.name(thread, id),
        handle -> StepRows.find(handle, thread, id).map(SCHEMA::fromStored));
  }

  @Override
  public CompletionStage<Step> upsert(Step step) {
    return database.write(
        "upsert " + StepRows.name(step.threadId(), step.id()),
        () -> SCHEMA.check(step),
        handle -> merge(handle, step));
  }

  @Override
  public CompletionStage<List<WriteResult<StepId>>> upsertAll(List<Step> steps) {
    try {
      StepAttributes.checkAll(steps);
    } catch (DataLayerException refused) {
      return CompletableFuture.failedStage(refused);
    }
    CompletionStage<List<WriteResult<StepId>>> results =
        CompletableFuture.completedStage(new ArrayList<>());
    for (CompletionStage<WriteResult<StepId>> write : steps.stream().map(this::attempt).toList()) {
      results =
          results.thenCombine(
              write,
              (list, result) -> {
                list.add(result);
                return list;
              });
    }
    return results;
  }

  @Override
  public CompletionStage<Step> update(ThreadId thread, StepId id, Patch patch) {
    return database.write(
        "update " + StepRows.name(thread, id),
        () -> SCHEMA.check(patch),
        handle -> {
          JsonObject stored =
              StepRows.find(handle, thread, id)
                  .orElseThrow(() -> DataLayerException.notFound("step", id));
          return patch.isNothing()
              ? SCHEMA.fromStored(stored)
              : StepRows.save(handle, SCHEMA.apply(stored, patch));
        });
  }

  @Override
  public CompletionStage<Boolean> delete(ThreadId thread, StepId id) {
    return database.write(
        "delete " + StepRows.name(thread, id),
        handle -> {
          int deleted =
              handle
                  .createUpdate("DELETE FROM step WHERE thread = :thread AND id = :id")
                  .bind("thread", thread)
                  .bind("id", id)
                  .execute();
          ThreadRows.releaseIfEmpty(handle, thread);
          return deleted > 0;
        });
  }

  @Override
  public CompletionStage<Page<Step>> list(ThreadId thread, PageRequest page) {
    return database.read("list steps of thread " + thread, handle -> list(handle, thread, page));
  }

  @Override
  public CompletionStage<List<Step>> listFavorites(UserId owner) {
    return database.read(
        "list favorites of user " + owner,
        handle ->
            Body.entities(
                    SCHEMA,
                    handle
                        .createQuery(
                            "SELECT step.thread, step.id, step.body FROM entry"
                                + " JOIN step ON step.thread = entry.thread AND step.id = entry.step"
                                + " JOIN thread ON thread.id = entry.thread AND "
                                + ThreadRows.LIVE
                                + " WHERE entry.owner = :owner AND entry.list = :list"
                                + " ORDER BY step.thread, step.id")
                        .bind("owner", owner)
                        .bind("list", Entries.FAVORITE)
                        .bind("now", stamps.clock().instant().getEpochSecond()))
                .readable()
                .stream()
                .sorted(NEWEST_FIRST)
                .toList());
  }

  private Step merge(Handle handle, Step step) {
    JsonObject stored =
        StepRows.find(handle, step.threadId(), step.id()).orElse(JsonObject.empty());
    ThreadRows.ensure(handle, step.threadId());
    return StepRows.save(
        handle, stamps.ifAbsent(CREATED_AT, SCHEMA.merge(stored, SCHEMA.toJson(step))));
  }

  private CompletionStage<WriteResult<StepId>> attempt(Step step) {
    return upsert(step)
        .handle(
            (stored, failure) ->
                new WriteResult<>(step.id(), Optional.ofNullable((DataLayerException) failure)));
  }

  private static Page<Step> list(Handle handle, ThreadId thread, PageRequest page) {
    String after = page.after().map(cursor -> Cursors.key(LIST, 1, cursor).get(0)).orElse("");
    List<Body.Row> rows =
        Body.rows(
            handle
                .createQuery(
                    "SELECT thread, id, body FROM step WHERE thread = :thread AND id > :after"
                        + " ORDER BY id LIMIT :limit")
                .bind("thread", thread)
                .bind("after", after)
                .bind("limit", page.first() + 1)); // one more tells whether there is more
    List<Body.Row> wanted = rows.subList(0, Math.min(page.first(), rows.size()));
    return Page.of(
        Body.readable(SCHEMA, wanted),
        rows.size() > wanted.size()
            ? Optional.of(Cursors.of(LIST, wanted.get(wanted.size() - 1).id()))
            : Optional.empty());
  }
}
