package dev.threadkeep.dynamodb;

import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * What became of an update.
 *
 * @param written whether its conditions held
 * @param item the item as it is now, or as it is because the conditions did not hold
 */
record Outcome(
    boolean written, Map<String, AttributeValue> item, @Nullable ConsumedCapacity capacity) {
  static final Outcome NOTHING_THERE = new Outcome(false, Map.of(), null);

  static Outcome written(UpdateItemResponse response) {
    return new Outcome(true, response.attributes(), response.consumedCapacity());
  }

  static Outcome refused(Throwable failure) {
    return DynamoErrors.refusal(failure)
        .map(refusal -> new Outcome(false, refusal.item(), null))
        .orElseThrow(() -> new CompletionException(failure));
  }
}
