package dev.threadkeep.application;

import dev.threadkeep.application.CopyProgress.Phase;
import dev.threadkeep.application.Difference.Kind;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.ThreadInventory.State;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Brings everything from one store into another one, as it is: users, threads, steps with their
 * feedback, elements, files, and everybody's lists. Nothing that the target has is changed; what is
 * not the same there is told. Running it again writes what is missing and checks the rest, so it
 * can be stopped at any point.
 *
 * <p>What is written is read back, and compared by hashes of its content.
 */
public final class Copy {
  /** Threads and users that are copied at the same time. */
  private static final int AT_A_TIME = 8;

  private final Side source;
  private final Side target;
  private final Mode mode;
  private final CopyReport report;
  private final FileCopy files;

  /**
   * One of two places.
   *
   * @param files without it, nothing is known of files there
   * @param keys how files are called there
   */
  public record Side(DataStore data, Optional<BlobStore> files, BlobKeys keys) {}

  /** Whether it writes. */
  public enum Mode {
    /** Writes what is missing, and checks it. */
    COPY,
    /** Reads both sides, writes nothing, and tells what would be. */
    REHEARSAL
  }

  /** Is told of a copy while it goes on, one call after the other. */
  public interface Observer {
    /** Something is different. */
    void found(Difference difference);

    /** So much is done; it cannot go on from here. */
    void underWay(CopyProgress progress);

    /** So far everything is dealt with. */
    void reached(CopyProgress progress);
  }

  public Copy(Side source, Side target, Mode mode, Observer observer) {
    this.source = source;
    this.target = target;
    this.mode = mode;
    this.report = new CopyReport(observer);
    this.files = new FileCopy(source.files(), target.files(), mode, report);
  }

  /**
   * Copies everything from a point on.
   *
   * @param from {@link CopyProgress#beginning}, or where an earlier run came to
   * @return where it ended; fails when one of the stores cannot be used. What a store refuses for
   *     good is reported, and does not stop it
   */
  public CompletionStage<CopyProgress> run(CopyProgress from) {
    return from.phase() == Phase.DONE
        ? CompletableFuture.completedStage(from)
        : page(from)
            .thenCompose(
                reached -> {
                  report.reached(reached);
                  return run(reached);
                });
  }

  private CompletionStage<CopyProgress> page(CopyProgress from) {
    Optional<Cursor> after = from.after();
    return switch (from.phase()) {
      case COUNT -> source.data().maintenance().inventory(after).thenApply(it -> plan(from, it));
      case USERS -> source.data().transfer().users(after).thenCompose(all(from, this::user));
      case THREADS ->
          source.data().maintenance().inventory(after).thenCompose(all(from, this::thread));
      case TARGET_USERS ->
          target.data().transfer().users(after).thenCompose(all(from, this::userOfTarget));
      case TARGET_THREADS ->
          target.data().maintenance().inventory(after).thenCompose(all(from, this::threadOfTarget));
      case DONE -> CompletableFuture.completedStage(from);
    };
  }

  private static CopyProgress plan(CopyProgress from, Page<ThreadInventory> page) {
    long planned = 0;
    for (ThreadInventory thread : page.items()) {
      planned += thread.state() == State.MISSING ? 0 : 1;
      planned += thread.children() - thread.ghosts().size() + thread.files().size();
    }
    return from.planning(planned).next(page.next());
  }

  /** Deals with all that is on a page, some of it at a time. */
  private <T> Function<Page<T>, CompletionStage<CopyProgress>> all(
      CopyProgress from, Function<T, CompletionStage<CopyTally>> step) {
    return page -> {
      CompletionStage<CopyProgress> done = CompletableFuture.completedStage(from);
      for (List<T> group : Stages.groups(page.items(), AT_A_TIME)) {
        done =
            done.thenCompose(
                before ->
                    CopyTally.ofAll(group, AT_A_TIME, step)
                        .thenApply(before::with)
                        .thenApply(report::underWay));
      }
      return done.thenApply(progress -> progress.next(page.next()));
    };
  }

  private CompletionStage<CopyTally> user(User user) {
    return new UserCopy(target.data().transfer(), mode, report).copy(user);
  }

  private CompletionStage<CopyTally> thread(ThreadInventory thread) {
    CopyTally ghosts =
        thread.ghosts().stream()
            .map(
                step -> report.found(Kind.GHOST_STEP, "step " + step + " of thread " + thread.id()))
            .reduce(CopyTally.NONE, CopyTally::plus);
    return new ThreadCopy(source, target, mode, files, report, thread.id())
        .run()
        .thenApply(ghosts::plus);
  }

  private CompletionStage<CopyTally> userOfTarget(User user) {
    return source
        .data()
        .transfer()
        .user(user.id())
        .thenApply(
            found ->
                found.isPresent()
                    ? CopyTally.NONE
                    : report
                        .found(Kind.ONLY_AT_TARGET, "user " + user.id())
                        .plus(CopyTally.target(Amounts.of(new StoredItem.OfUser(user)))));
  }

  private CompletionStage<CopyTally> threadOfTarget(ThreadInventory thread) {
    return source
        .data()
        .threads()
        .isTaken(thread.id())
        .thenCompose(
            isThere ->
                isThere || isNothing(thread)
                    ? CompletableFuture.completedStage(CopyTally.NONE)
                    : Fingerprints.of(target.data().transfer(), thread.id())
                        .thenApply(
                            all ->
                                report
                                    .found(Kind.ONLY_AT_TARGET, "thread " + thread.id())
                                    .plus(CopyTally.target(all.amounts()))));
  }

  /** Ghosts of steps alone are nothing that could be copied. */
  private static boolean isNothing(ThreadInventory thread) {
    return thread.state() == State.MISSING && thread.children() == thread.ghosts().size();
  }
}
