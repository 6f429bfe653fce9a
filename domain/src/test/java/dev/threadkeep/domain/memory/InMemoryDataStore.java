package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserAttributes;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.domain.port.ElementRepository;
import dev.threadkeep.domain.port.FeedbackRepository;
import dev.threadkeep.domain.port.MaintenanceRepository;
import dev.threadkeep.domain.port.StepRepository;
import dev.threadkeep.domain.port.ThreadRepository;
import dev.threadkeep.domain.port.TransferRepository;
import dev.threadkeep.domain.port.UserRepository;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** All repositories in memory. Every stage that they give has ended already. */
public final class InMemoryDataStore implements DataStore {
  private final Tables tables;
  private final UserRepository users;
  private final ThreadRepository threads;
  private final StepRepository steps;
  private final ElementRepository elements;
  private final FeedbackRepository feedback;
  private final MaintenanceRepository maintenance;
  private final TransferRepository transfer;

  public InMemoryDataStore(Clock clock) {
    tables = new Tables(clock);
    users = new InMemoryUsers(tables);
    threads = new InMemoryThreads(tables);
    steps = new InMemorySteps(tables);
    elements = new InMemoryElements(tables);
    feedback = new InMemoryFeedback(tables);
    maintenance = new InMemoryMaintenance(tables);
    transfer = new InMemoryTransfer(tables);
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
  public MaintenanceRepository maintenance() {
    return maintenance;
  }

  @Override
  public TransferRepository transfer() {
    return transfer;
  }

  @Override
  public void close() {}

  /** Puts a user there as others may have left it: nothing is checked, and a null stays a null. */
  public void seedUser(JsonObject stored) {
    seed(() -> tables.users.put(UserAttributes.SCHEMA.fromStored(stored).id(), stored));
  }

  /** As {@link #seedUser}, for a thread that was last active at some time. */
  public void seedThread(JsonObject stored, Timestamp activity) {
    seed(
        () -> {
          Partition partition = partition(ThreadAttributes.SCHEMA.fromStored(stored).id());
          partition.thread = Optional.of(stored);
          partition.activity = activity;
          return partition;
        });
  }

  /** As {@link #seedUser}, for a step. */
  public void seedStep(JsonObject stored) {
    Step step = StepAttributes.SCHEMA.fromStored(stored);
    seed(() -> partition(step.threadId()).steps.put(step.id().value(), stored));
  }

  /** As {@link #seedUser}, for an element. */
  public void seedElement(JsonObject stored) {
    Element element = ElementAttributes.SCHEMA.fromStored(stored);
    seed(() -> partition(element.threadId()).elements.put(element.id().value(), stored));
  }

  private Partition partition(ThreadId id) {
    return tables.partitions.computeIfAbsent(id, none -> new Partition());
  }

  private void seed(Supplier<?> work) {
    tables.run(work).toCompletableFuture().join();
  }
}
