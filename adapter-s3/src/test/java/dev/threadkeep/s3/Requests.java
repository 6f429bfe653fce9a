package dev.threadkeep.s3;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Sees the requests of a client, and lets some fail. */
final class Requests implements ExecutionInterceptor {
  private final List<SdkRequest> seen = new CopyOnWriteArrayList<>();
  private volatile Predicate<SdkRequest> failing = request -> false;

  private final AtomicBoolean losing = new AtomicBoolean();

  /** A client of the engine whose requests are seen. */
  S3AsyncClient client() {
    return S3ProxyEngine.clientBuilder(S3ProxyEngine.endpoint())
        .overrideConfiguration(it -> it.addExecutionInterceptor(this))
        .build();
  }

  /** From now on these are not sent but fail. */
  void fail(Predicate<SdkRequest> requests) {
    failing = requests;
  }

  /** The next attempt to send a request is lost. */
  void loseNext() {
    losing.set(true);
  }

  /** The names of the operations so far. */
  List<String> operations() {
    return seen.stream()
        .map(request -> request.getClass().getSimpleName().replace("Request", ""))
        .toList();
  }

  /** The requests of one operation so far. */
  <R extends SdkRequest> List<R> of(Class<R> operation) {
    return seen.stream().filter(operation::isInstance).map(operation::cast).toList();
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    seen.add(context.request());
    if (failing.test(context.request())) {
      throw SdkClientException.create("the test says so");
    }
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    if (losing.compareAndSet(true, false)) {
      throw RetryableException.create("the test says so");
    }
  }
}
