package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserAttributes;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.UserRepository;
import dev.threadkeep.dynamodb.MergingUpdate.Refusal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The users. */
final class DynamoDbUsers implements UserRepository {
  private static final Set<String> ONCE = Set.of(UserAttributes.CREATED_AT.name());

  private static final int AT_A_TIME = 10;

  private final Requests requests;
  private final DynamoDbAsyncTable<User> users;
  private final Clock clock;

  DynamoDbUsers(Requests requests, Clock clock) {
    this.requests = requests;
    this.users = requests.items(Schemas.USERS);
    this.clock = clock;
  }

  @Override
  public CompletionStage<Optional<User>> find(UserId id) {
    return requests.find(users, Keys.user(id));
  }

  @Override
  public CompletionStage<User> upsert(User user) {
    return Stages.begin(
        () -> {
          UserAttributes.SCHEMA.check(user);
          Map<String, AttributeValue> item = Schemas.USERS.itemToMap(user, true);
          AttributeValue now = AttributeValue.fromS(Timestamp.of(clock.instant()).text());
          item.putIfAbsent(UserAttributes.CREATED_AT.name(), now);
          item.put(UserAttributes.UPDATED_AT.name(), now);
          ItemSize.check(UserAttributes.SCHEMA.entity(), item);
          return MergingUpdate.upsert(requests, item, all -> Update.upsert(all, ONCE), Refusal.NONE)
              .thenApply(Schemas.USERS::entityOf);
        });
  }

  @Override
  public CompletionStage<Boolean> delete(UserId id) {
    return removeEntries(id)
        .thenCompose(removed -> requests.delete(users, Keys.user(id)))
        .thenApply(Optional::isPresent);
  }

  /** They name the user. Those of threads that are there come back when these are loaded. */
  private CompletionStage<Void> removeEntries(UserId id) {
    List<ItemKey> entries = new ArrayList<>();
    return Stages.each(
            List.of(Query.feedback(id, 0), Query.feedback(id, 1), Query.favorites(id)),
            1,
            query -> requests.queryAll(query, entry -> entries.add(ItemKey.of(entry))))
        .thenCompose(all -> Stages.each(entries, AT_A_TIME, requests::delete))
        .thenApply(all -> null);
  }
}
