package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserAttributes;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.TransferRepository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

final class InMemoryTransfer implements TransferRepository {
  private static final String USERS = "all users";
  private static final String CONTENTS = "contents";
  private static final int PAGE = 10;

  private final Tables tables;

  InMemoryTransfer(Tables tables) {
    this.tables = tables;
  }

  @Override
  public CompletionStage<Page<User>> users(Optional<Cursor> after) {
    return tables.run(
        () ->
            page(
                USERS,
                tables.users.values().stream()
                    .map(UserAttributes.SCHEMA::fromStored)
                    .sorted(Comparator.comparing(user -> user.id().value()))
                    .toList(),
                user -> user.id().value(),
                after));
  }

  @Override
  public CompletionStage<Optional<User>> user(UserId id) {
    return tables.run(
        () -> Optional.ofNullable(tables.users.get(id)).map(UserAttributes.SCHEMA::fromStored));
  }

  @Override
  public CompletionStage<Page<StoredItem>> contents(ThreadId thread, Optional<Cursor> after) {
    return tables.run(
        () ->
            page(CONTENTS, contents(tables.partition(thread)), InMemoryTransfer::position, after));
  }

  @Override
  public CompletionStage<Boolean> restore(StoredItem item) {
    return tables.run(
        () -> {
          if (item instanceof StoredItem.OfUser it) {
            return tables.users.putIfAbsent(it.user().id(), UserAttributes.SCHEMA.toJson(it.user()))
                == null;
          } else if (item instanceof StoredItem.OfThread it) {
            return restore(it.thread(), it.place());
          } else if (item instanceof StoredItem.OfStep it) {
            return restore(it.step(), it.feedbackPlace());
          } else if (item instanceof StoredItem.OfElement it) {
            Element element = it.element();
            return partition(element.threadId())
                    .elements
                    .putIfAbsent(element.id().value(), ElementAttributes.SCHEMA.toJson(element))
                == null;
          }
          throw DataLayerException.invalid("item", "is unreadable");
        });
  }

  private boolean restore(ChatThread thread, Optional<Timestamp> place) {
    Partition partition = partition(thread.id());
    boolean isNew = partition.thread.isEmpty();
    if (isNew) {
      partition.thread = Optional.of(ThreadAttributes.SCHEMA.toJson(thread));
      partition.activity = place.orElse(partition.activity);
    }
    return isNew;
  }

  private boolean restore(Step step, Optional<Timestamp> feedbackPlace) {
    Partition partition = partition(step.threadId());
    String id = step.id().value();
    boolean isNew = partition.steps.putIfAbsent(id, StepAttributes.SCHEMA.toJson(step)) == null;
    if (isNew && step.feedback().isPresent()) {
      partition.feedbackAt.put(id, feedbackPlace.orElse(partition.activity));
    }
    return isNew;
  }

  private Partition partition(ThreadId id) {
    return tables.partitions.computeIfAbsent(id, none -> new Partition());
  }

  private static List<StoredItem> contents(Partition partition) {
    List<StoredItem> items = new ArrayList<>();
    Optional<ChatThread> thread = partition.thread.map(ThreadAttributes.SCHEMA::fromStored);
    Optional<Timestamp> place = thread.flatMap(ChatThread::userId).map(it -> partition.activity);
    thread.ifPresent(it -> items.add(new StoredItem.OfThread(it, place)));
    partition.steps.values().stream()
        .map(StepAttributes.SCHEMA::fromStored)
        .map(
            step ->
                new StoredItem.OfStep(
                    step,
                    place
                        .filter(it -> step.feedback().isPresent())
                        .map(it -> partition.feedbackAt.getOrDefault(step.id().value(), it))))
        .forEach(items::add);
    partition.elements.values().stream()
        .map(ElementAttributes.SCHEMA::fromStored)
        .forEach(element -> items.add(new StoredItem.OfElement(element)));
    return items;
  }

  private static String position(StoredItem item) {
    if (item instanceof StoredItem.OfStep it) {
      return "step " + it.step().id();
    }
    return item instanceof StoredItem.OfElement it ? "element " + it.element().id() : "thread";
  }

  /** The items after a position; where that is gone, all of them once more. */
  private static <T> Page<T> page(
      String kind, List<T> all, Function<T, String> position, Optional<Cursor> after) {
    Optional<String> last = after.map(it -> Cursors.position(kind, it, 1).get(0));
    List<T> rest = all;
    if (last.isPresent()) {
      List<String> positions = all.stream().map(position).toList();
      rest = all.subList(positions.indexOf(last.get()) + 1, all.size());
    }
    List<T> items = rest.subList(0, Math.min(PAGE, rest.size()));
    return Page.of(
        items,
        items.size() < rest.size()
            ? Optional.of(Cursors.of(kind, position.apply(items.get(items.size() - 1))))
            : Optional.empty());
  }
}
