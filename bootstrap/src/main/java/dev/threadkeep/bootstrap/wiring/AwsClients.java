package dev.threadkeep.bootstrap.wiring;

import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Secret;
import dev.threadkeep.bootstrap.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.InstanceProfileRegionProvider;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Clients of AWS. Region, credentials and endpoints come from the SDK's own chain, then from
 * Chainlit's names, and the region at last is {@code us-east-1}, as Chainlit has it.
 */
public final class AwsClients {
  /** Each upload and download under way holds one. */
  private static final int S3_CONNECTIONS = 256;

  private static final Duration WAIT_FOR_CONNECTION = Duration.ofMinutes(1);

  private AwsClients() {}

  /** A client of DynamoDB, to be closed by the caller. */
  public static DynamoDbAsyncClient dynamoDb(Settings settings) {
    return DynamoDbAsyncClient.builder()
        .region(region(settings))
        .credentialsProvider(credentials(settings))
        .build();
  }

  /** A client of S3, to be closed by the caller. */
  static S3AsyncClient s3(Settings settings) {
    boolean isAmazons = endpoint(settings).isEmpty() && !hasEndpointOfItsOwn();
    S3AsyncClientBuilder client =
        S3AsyncClient.builder()
            .region(region(settings))
            .credentialsProvider(credentials(settings))
            .forcePathStyle(!isAmazons)
            .httpClientBuilder(
                NettyNioAsyncHttpClient.builder()
                    .maxConcurrency(S3_CONNECTIONS)
                    .connectionAcquisitionTimeout(WAIT_FOR_CONNECTION));
    endpoint(settings).ifPresent(client::endpointOverride);
    return client.build();
  }

  /** What signs addresses of files in S3, to be closed by the caller. */
  static S3Presigner presigner(Settings settings) {
    boolean isAmazons = endpoint(settings).isEmpty() && !hasEndpointOfItsOwn();
    S3Presigner.Builder presigner =
        S3Presigner.builder()
            .region(region(settings))
            .credentialsProvider(credentials(settings))
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(!isAmazons).build());
    endpoint(settings).ifPresent(presigner::endpointOverride);
    return presigner.build();
  }

  /** Chainlit's name for the address; the SDK reads its own names by itself, and they win. */
  private static Optional<URI> endpoint(Settings settings) {
    return hasEndpointOfItsOwn() ? Optional.empty() : settings.get(Options.AWS_ENDPOINT);
  }

  private static boolean hasEndpointOfItsOwn() {
    return System.getenv("AWS_ENDPOINT_URL_S3") != null
        || System.getenv("AWS_ENDPOINT_URL") != null;
  }

  private static Region region(Settings settings) {
    return from(new SystemSettingsRegionProvider())
        .or(() -> from(new AwsProfileRegionProvider()))
        .or(() -> settings.get(Options.AWS_REGION).map(Region::of))
        .or(() -> from(new InstanceProfileRegionProvider()))
        .orElse(Region.US_EAST_1);
  }

  private static Optional<Region> from(AwsRegionProvider provider) {
    try {
      return Optional.ofNullable(provider.getRegion());
    } catch (SdkClientException knowsNone) {
      return Optional.empty();
    }
  }

  private static AwsCredentialsProvider credentials(Settings settings) {
    AwsCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
    Optional<String> key = settings.get(Options.AWS_ACCESS_KEY).map(Secret::value);
    Optional<String> secret = settings.get(Options.AWS_SECRET_KEY).map(Secret::value);
    return key.isEmpty() || secret.isEmpty()
        ? chain
        : AwsCredentialsProviderChain.of(
            chain,
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key.get(), secret.get())));
  }
}
