package dev.threadkeep.application;

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

  /** The use cases with the defaults: {@link #ACTIVITY_INTERVAL}, and the system's clock. */
  public static ChatServices of(DataStore store, Optional<BlobStore> files) {
    return new ChatServices(store, files, Clock.systemUTC(), ACTIVITY_INTERVAL);
  }

  /**
   * @param files where elements have their files; without it, elements with files keep the address
   *     that is stored
   * @param activityInterval how often a thread moves to the top of its list at most
   */
  public ChatServices(
      DataStore store, Optional<BlobStore> files, Clock clock, Duration activityInterval) {
    Ownership ownership = new Ownership(store.threads());
    Activity activity = new Activity(store.threads(), clock, activityInterval);
    Files elementFiles = new Files(files);
    users = new UserService(store.users(), ownership);
    threads =
        new ThreadService(
            store.threads(),
            ownership,
            activity,
            elementFiles,
            new ThreadRemoval(store.threads(), files));
    steps = new StepService(store.steps(), store.elements(), ownership, activity, elementFiles);
    elements = new ElementService(store.elements(), ownership, elementFiles);
    feedback = new FeedbackService(store.feedback(), ownership);
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
}
