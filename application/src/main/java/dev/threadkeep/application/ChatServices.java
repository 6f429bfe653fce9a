package dev.threadkeep.application;

import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The use cases over one store: who may do what, and what belongs together. It closes neither of
 * the stores it is given.
 */
public final class ChatServices {
  /** How often a thread moves to the top of its list at most, unless told otherwise. */
  public static final Duration ACTIVITY_INTERVAL = Duration.ofMinutes(5);

  private final UserService users;
  private final ThreadService threads;
  private final StepService steps;
  private final ElementService elements;
  private final FeedbackService feedback;
  private final SharingService sharing;
  private final Files storedFiles;

  /**
   * The use cases with the defaults: {@link #ACTIVITY_INTERVAL}, the system's clock, and files
   * whose keys begin with nothing else.
   */
  public static ChatServices of(DataStore store, Optional<BlobStore> files) {
    return new ChatServices(
        store, files, BlobKeys.withoutPrefix(), Clock.systemUTC(), ACTIVITY_INTERVAL);
  }

  /** The use cases where all threads stay. */
  public ChatServices(
      DataStore store,
      Optional<BlobStore> files,
      BlobKeys keys,
      Clock clock,
      Duration activityInterval) {
    this(store, files, keys, clock, activityInterval, Retention.none());
  }

  /**
   * @param files where elements have their files; without it, elements with files keep the address
   *     that is stored
   * @param keys the keys of files that are stored from now on
   * @param activityInterval how often a thread moves to the top of its list at most
   * @param retention how long threads are kept; where they expire, the store has to know it as well
   */
  public ChatServices(
      DataStore store,
      Optional<BlobStore> files,
      BlobKeys keys,
      Clock clock,
      Duration activityInterval,
      Retention retention) {
    Ownership ownership = new Ownership(store.threads(), retention);
    Activity activity = new Activity(store.threads(), clock, activityInterval);
    storedFiles = new Files(files);
    users = new UserService(store, files, keys, ownership);
    threads =
        new ThreadService(
            store.threads(),
            ownership,
            activity,
            storedFiles,
            new ThreadRemoval(store.threads(), files),
            new ThreadEnds(retention, clock));
    steps = new StepService(store.steps(), store.elements(), ownership, activity, storedFiles);
    elements = new ElementService(store.elements(), ownership, storedFiles, keys);
    feedback = new FeedbackService(store.feedback(), ownership);
    sharing = new SharingService(store.threads(), store.elements(), ownership, clock);
  }

  public UserService users() {
    return users;
  }

  public ThreadService threads() {
    return threads;
  }

  public StepService steps() {
    return steps;
  }

  public ElementService elements() {
    return elements;
  }

  public FeedbackService feedback() {
    return feedback;
  }

  public SharingService sharing() {
    return sharing;
  }

  public Files files() {
    return storedFiles;
  }
}
