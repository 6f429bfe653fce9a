package dev.threadkeep.bootstrap;

import dev.threadkeep.application.ChatServices;
import dev.threadkeep.dynamodb.DynamoDbDataStore;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import dev.threadkeep.s3.S3BlobStore;
import dev.threadkeep.s3.S3ProxyEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A process that does one thing on DynamoDB and S3, and ends just before one of its writes. */
final class StoppedProcess {
  /** What it exits with when it was stopped. */
  static final int STOPPED = 99;

  private static final Set<String> READS =
      Set.of(
          "GetItemRequest",
          "QueryRequest",
          "BatchGetItemRequest",
          "HeadObjectRequest",
          "GetObjectRequest",
          "ListObjectsV2Request");

  private StoppedProcess() {}

  /** Ends the process instead of making a write, as a power cut would. */
  private record Stop(int at, AtomicInteger writes) implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      String request = context.request().getClass().getSimpleName();
      if (!READS.contains(request) && writes.incrementAndGet() >= at) {
        System.out.println("stopped before " + request.replace("Request", ""));
        System.out.flush();
        Runtime.getRuntime().halt(STOPPED);
      }
    }
  }

  /** Where the stores are. */
  record Place(String table, String bucket) {
    static Place fresh() {
      return new Place(DynamoDbLocal.createTable(), S3ProxyEngine.createBucket());
    }

    ChatServices chat(DynamoDbAsyncClient dynamoDb, S3AsyncClient s3, S3Presigner presigner) {
      S3BlobStore files = S3BlobStore.of(s3, presigner, bucket);
      return ChatServices.of(
          DynamoDbDataStore.builder(dynamoDb, table).blobs(files).build(), Optional.of(files));
    }
  }

  /** What it exited with, and what it said. */
  record End(int exit, String said) {}

  /** Runs an operation in a process that ends before its n-th write, if it makes so many. */
  static End run(Place place, StoppedOperation operation, int stopBefore)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            StoppedProcess.class.getName(),
            DynamoDbLocal.endpoint().toString(),
            S3ProxyEngine.endpoint().toString(),
            place.table(),
            place.bucket(),
            operation.name(),
            Integer.toString(stopBefore));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new End(process.waitFor(), said);
  }

  public static void main(String[] arguments) {
    Stop stop = new Stop(Integer.parseInt(arguments[5]), new AtomicInteger());
    DynamoDbAsyncClient dynamoDb =
        DynamoDbLocal.clientBuilder(URI.create(arguments[0]))
            .overrideConfiguration(it -> it.addExecutionInterceptor(stop))
            .build();
    S3AsyncClient s3 =
        S3ProxyEngine.clientBuilder(URI.create(arguments[1]))
            .overrideConfiguration(it -> it.addExecutionInterceptor(stop))
            .build();
    try (S3Presigner presigner = S3ProxyEngine.newPresigner(URI.create(arguments[1]))) {
      ChatServices chat = new Place(arguments[2], arguments[3]).chat(dynamoDb, s3, presigner);
      StoppedOperation.valueOf(arguments[4]).run(chat).toCompletableFuture().join();
    }
    System.exit(0);
  }
}
