package dev.threadkeep.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.threadkeep.application.Retention;
import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.dynamodb.DynamoDbDataStore;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The data in a DynamoDB table. */
final class DynamoDbStoreModule extends AbstractModule {
  @Provides
  @Singleton
  DynamoDbAsyncClient client(Settings settings, Resources resources) {
    return resources.add(AwsClients.dynamoDb(settings));
  }

  @Provides
  @Singleton
  DataStore store(
      DynamoDbAsyncClient client,
      Optional<BlobStore> files,
      BlobKeys keys,
      Settings settings,
      Retention retention,
      Clock clock,
      Resources resources) {
    String table = settings.get(Options.DYNAMODB_TABLE).orElseThrow();
    DynamoDbDataStore.Builder store =
        DynamoDbDataStore.builder(client, table).clock(clock).blobKeys(keys);
    files.ifPresent(store::blobs);
    if (retention.threadsExpire()) {
      store.threadsExpire();
    }
    return resources.add(store.build());
  }
}
