package dev.threadkeep.local;

import java.util.concurrent.Flow;

/** For a publisher that says all it has to say by itself. */
enum NoSubscription implements Flow.Subscription {
  INSTANCE;

  @Override
  public void request(long count) {}

  @Override
  public void cancel() {}
}
