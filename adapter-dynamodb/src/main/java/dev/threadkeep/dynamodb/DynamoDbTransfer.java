package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.TransferRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Brings all that the table holds out of it, and what others hold into it. */
final class DynamoDbTransfer implements TransferRepository {
  private final Requests requests;
  private final Contents contents;
  private final Restore restore;

  DynamoDbTransfer(Requests requests, Optional<BlobStore> blobs, BlobKeys keys) {
    this.requests = requests;
    this.contents = new Contents(requests, new LargeValues(blobs, keys, new RandomNames()));
    this.restore = new Restore(requests, blobs, keys);
  }

  /** There is no index of users: this reads the whole table. */
  @Override
  public CompletionStage<Page<User>> users(Optional<Cursor> after) {
    return Stages.begin(
        () ->
            requests
                .scan(after.map(DynamoDbTransfer::keyOf).orElse(Map.of()))
                .thenApply(
                    response ->
                        Page.of(
                            response.items().stream()
                                .filter(item -> Keys.userOf(ItemKey.of(item)).isPresent())
                                .flatMap(item -> Schemas.USERS.read(item).stream())
                                .toList(),
                            cursor(response.lastEvaluatedKey()))));
  }

  @Override
  public CompletionStage<Optional<User>> user(UserId id) {
    return requests
        .item(Keys.user(id))
        .thenApply(item -> item.isEmpty() ? Optional.empty() : Schemas.USERS.read(item));
  }

  @Override
  public CompletionStage<Page<StoredItem>> contents(ThreadId thread, Optional<Cursor> after) {
    return Stages.begin(
        () ->
            contents.page(
                thread,
                after
                    .map(cursor -> Keys.inPartition(thread, Cursors.position(cursor, 1).get(0)))
                    .map(DynamoDbTransfer::checked)
                    .orElse(Map.of())));
  }

  @Override
  public CompletionStage<Boolean> restore(StoredItem item) {
    return Stages.begin(
        () -> {
          if (item instanceof StoredItem.OfUser it) {
            return restore.user(it.user());
          } else if (item instanceof StoredItem.OfThread it) {
            return restore.thread(it);
          } else if (item instanceof StoredItem.OfStep it) {
            return restore.step(it);
          } else if (item instanceof StoredItem.OfElement it) {
            return restore.element(it.element());
          }
          throw DataLayerException.invalid("item", "is unreadable");
        });
  }

  private static Optional<Cursor> cursor(Map<String, AttributeValue> last) {
    return last.isEmpty()
        ? Optional.empty()
        : Optional.of(Cursors.of(Keys.text(last, Keys.PK), Keys.text(last, Keys.SK)));
  }

  private static Map<String, AttributeValue> keyOf(Cursor after) {
    List<String> position = Cursors.position(after, 2);
    return checked(new ItemKey(position.get(0), position.get(1)));
  }

  private static Map<String, AttributeValue> checked(ItemKey key) {
    if (!key.isPossible()) {
      throw Cursors.invalid();
    }
    return key.attributes();
  }
}
