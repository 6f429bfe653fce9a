package dev.threadkeep.bootstrap.wiring;

import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Secret;
import dev.threadkeep.bootstrap.settings.Settings;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.InstanceProfileRegionProvider;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Clients of AWS. Region, credentials and endpoints come from the SDK's own chain, then from
 * Chainlit's names, and the region at last is {@code us-east-1}, as Chainlit has it.
 */
public final class AwsClients {
  private AwsClients() {}

  /** A client of DynamoDB, to be closed by the caller. */
  public static DynamoDbAsyncClient dynamoDb(Settings settings) {
    return DynamoDbAsyncClient.builder()
        .region(region(settings))
        .credentialsProvider(credentials(settings))
        .build();
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
