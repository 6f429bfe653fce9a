package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.domain.port.ElementRepository;
import dev.threadkeep.domain.port.FeedbackRepository;
import dev.threadkeep.domain.port.StepRepository;
import dev.threadkeep.domain.port.ThreadRepository;
import dev.threadkeep.domain.port.UserRepository;
import java.time.Clock;

/** All repositories in memory. Every stage that they give has ended already. */
public final class InMemoryDataStore implements DataStore {
  private final UserRepository users;
  private final ThreadRepository threads;
  private final StepRepository steps;
  private final ElementRepository elements;
  private final FeedbackRepository feedback;

  public InMemoryDataStore(Clock clock) {
    Tables tables = new Tables(clock);
    users = new InMemoryUsers(tables);
    threads = new InMemoryThreads(tables);
    steps = new InMemorySteps(tables);
    elements = new InMemoryElements(tables);
    feedback = new InMemoryFeedback(tables);
  }

  @Override
  public UserRepository users() {
    return users;
  }

  @Override
  public ThreadRepository threads() {
    return threads;
  }

  @Override
  public StepRepository steps() {
    return steps;
  }

  @Override
  public ElementRepository elements() {
    return elements;
  }

  @Override
  public FeedbackRepository feedback() {
    return feedback;
  }

  @Override
  public void close() {}
}
