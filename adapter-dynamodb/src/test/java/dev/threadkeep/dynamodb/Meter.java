package dev.threadkeep.dynamodb;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Counts the requests of a client and the capacity that they consumed. */
final class Meter implements ExecutionInterceptor {
  private final List<SdkResponse> responses = new ArrayList<>();

  /** Since the last reading. */
  record Reading(int requests, double read, double written) {}

  @Override
  public synchronized void afterExecution(
      Context.AfterExecution context, ExecutionAttributes attributes) {
    responses.add(context.response());
  }

  /** What was consumed since this was last asked. */
  synchronized Reading read() {
    double read = 0;
    double written = 0;
    for (SdkResponse response : responses) {
      if (response instanceof GetItemResponse get) {
        read += units(get.consumedCapacity());
      } else if (response instanceof QueryResponse query) {
        read += units(query.consumedCapacity());
      } else if (response instanceof ScanResponse scan) {
        read += units(scan.consumedCapacity());
      } else if (response instanceof BatchGetItemResponse batch) {
        read += batch.consumedCapacity().stream().mapToDouble(Meter::units).sum();
      } else if (response instanceof UpdateItemResponse update) {
        written += units(update.consumedCapacity());
      } else if (response instanceof DeleteItemResponse delete) {
        written += units(delete.consumedCapacity());
      } else if (response instanceof BatchWriteItemResponse batch) {
        written += batch.consumedCapacity().stream().mapToDouble(Meter::units).sum();
      } else {
        throw new IllegalStateException("not metered: " + response);
      }
    }
    Reading reading = new Reading(responses.size(), read, written);
    responses.clear();
    return reading;
  }

  private static double units(ConsumedCapacity capacity) {
    return capacity.capacityUnits();
  }
}
