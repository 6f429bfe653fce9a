package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** One Query in the making: which range of which keys, and what of it. */
final class Query {
  private final String what;
  private final ItemKey from;
  private final String keys;
  private final Placeholders placeholders = new Placeholders();
  private final QueryRequest.Builder request = QueryRequest.builder();

  private Query(String what, String partitionName, ItemKey from) {
    this.what = what;
    this.from = from;
    this.keys =
        placeholders.name(partitionName)
            + "="
            + placeholders.value(AttributeValue.fromS(from.partition()));
    request.keyConditionExpression(keys);
  }

  /** A thread and all that belongs to it. */
  static Query thread(ThreadId id) {
    return new Query("thread " + id, Keys.PK, Keys.thread(id));
  }

  /** The steps of a thread, in the order of their ids. */
  static Query steps(ThreadId thread) {
    return new Query("steps of thread " + thread, Keys.PK, Keys.thread(thread))
        .beginningWith(Keys.STEPS);
  }

  /** The elements of a thread, in the order of their ids. */
  static Query elements(ThreadId thread) {
    return new Query("elements of thread " + thread, Keys.PK, Keys.thread(thread))
        .beginningWith(Keys.ELEMENTS);
  }

  /** The entries for the feedback on a thread's steps. */
  static Query feedback(ThreadId thread) {
    return new Query("feedback of thread " + thread, Keys.PK, Keys.thread(thread))
        .beginningWith(Keys.FEEDBACKS);
  }

  /** The entries of a user's threads in the index, the last active first. */
  static Query threadsOf(UserId owner) {
    return index("threads of user " + owner, Keys.indexPartition(owner));
  }

  /** The entries for this feedback in a user's threads, the last active first. */
  static Query feedback(UserId owner, int value) {
    return index(
        "feedback " + value + " of user " + owner,
        Keys.indexPartition(owner, Keys.listOfFeedback(value)));
  }

  /** The entries of a user's favourite steps. */
  static Query favorites(UserId owner) {
    return index("favorites of user " + owner, Keys.indexPartition(owner, Keys.FAVORITES));
  }

  private static Query index(String what, String partition) {
    Query query = new Query(what, Keys.INDEX_PK, new ItemKey(partition, Keys.INDEX_SK));
    query.request.indexName(Keys.INDEX).scanIndexForward(false);
    return query;
  }

  /** Only items whose attribute has this value. */
  Query where(AttributeValue value, String attribute) {
    request.filterExpression(placeholders.name(attribute) + "=" + placeholders.value(value));
    return this;
  }

  /** Only these attributes; that makes the answer smaller, not cheaper. */
  Query project(String... attributes) {
    request.projectionExpression(
        Arrays.stream(attributes).map(placeholders::name).collect(Collectors.joining(",")));
    return this;
  }

  /** From the last item to the first. */
  Query backwards() {
    request.scanIndexForward(false);
    return this;
  }

  /** Sees every write that was acknowledged before, for twice the price. */
  Query consistent() {
    request.consistentRead(true);
    return this;
  }

  /** Reads at most so many items. */
  Query limit(int items) {
    request.limit(items);
    return this;
  }

  /** Goes on after an item; an empty key is the beginning. */
  Query after(Map<String, AttributeValue> key) {
    if (!key.isEmpty()) {
      request.exclusiveStartKey(key);
    }
    return this;
  }

  /** Whether DynamoDB can hold items of such keys. */
  boolean isPossible() {
    return from.isPossible();
  }

  /** The request, but for its table. */
  QueryRequest.Builder request() {
    return request
        .expressionAttributeNames(placeholders.names())
        .expressionAttributeValues(placeholders.values());
  }

  /** What it looks for, in messages. */
  @Override
  public String toString() {
    return what;
  }

  private Query beginningWith(String prefix) {
    request.keyConditionExpression(
        "%s AND begins_with(%s,%s)"
            .formatted(
                keys,
                placeholders.name(Keys.SK),
                placeholders.value(AttributeValue.fromS(prefix))));
    return this;
  }
}
