package dev.threadkeep.bootstrap;

import dev.threadkeep.dynamodb.DynamoDbDataStore;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import dev.threadkeep.s3.S3BlobStore;
import dev.threadkeep.s3.S3ProxyEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Stores as they are, below all that Threadkeep makes of them: copied and compared to the byte. */
sealed interface RawStores {
  /** How a command finds them. */
  Map<String, String> environment();

  /** To be closed before they are copied or compared. */
  SampleChats open();

  /** The same in another place. */
  RawStores copy() throws IOException;

  /** All items or rows, and all files. */
  Map<Object, Object> everything() throws IOException, SQLException;

  /** The embedded store, in a folder of its own within this one. */
  record Embedded(Path all, Path folder) implements RawStores {
    static Embedded within(Path all) throws IOException {
      return new Embedded(all, Files.createTempDirectory(all, "store"));
    }

    @Override
    public Map<String, String> environment() {
      return Map.of("THREADKEEP_DATA_DIR", folder.toString());
    }

    @Override
    public SampleChats open() {
      return SampleChats.in(folder);
    }

    @Override
    public Embedded copy() throws IOException {
      Embedded copy = within(all);
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.skip(1).toList()) {
          Files.copy(file, copy.folder.resolve(folder.relativize(file)));
        }
      }
      return copy;
    }

    @Override
    public Map<Object, Object> everything() throws IOException, SQLException {
      Map<Object, Object> all = new HashMap<>();
      try (Connection database =
          DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("threadkeep.db"))) {
        for (List<Object> table :
            rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'")) {
          all.put(table, rows(database, "SELECT * FROM " + table.get(0) + " ORDER BY 1, 2"));
        }
      }
      try (Stream<Path> files = Files.walk(folder.resolve("files"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          all.put(folder.relativize(file), Arrays.hashCode(Files.readAllBytes(file)));
        }
      }
      return all;
    }

    private static List<List<Object>> rows(Connection database, String query) throws SQLException {
      List<List<Object>> rows = new ArrayList<>();
      try (ResultSet result = database.createStatement().executeQuery(query)) {
        while (result.next()) {
          List<Object> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(result.getObject(i));
          }
          rows.add(row);
        }
      }
      return rows;
    }
  }

  /** A table of DynamoDB and a bucket of S3. */
  record Aws(String table, String bucket) implements RawStores {
    private static final DynamoDbAsyncClient DYNAMO_DB = DynamoDbLocal.client();
    private static final S3AsyncClient S3 = S3ProxyEngine.client();

    static Aws fresh() {
      return new Aws(DynamoDbLocal.createTable(), S3ProxyEngine.createBucket());
    }

    @Override
    public Map<String, String> environment() {
      return Engine.withS3(Engine.environment(table), bucket);
    }

    @Override
    public SampleChats open() {
      S3BlobStore files = S3BlobStore.of(S3, S3ProxyEngine.presigner(), bucket);
      return new SampleChats(
          DynamoDbDataStore.builder(DYNAMO_DB, table).blobs(files).build(), files);
    }

    @Override
    public Aws copy() {
      Aws copy = fresh();
      items().forEach(copy::put);
      for (S3Object object : objects()) {
        ResponseBytes<GetObjectResponse> content = content(object);
        S3.putObject(
                it ->
                    it.bucket(copy.bucket)
                        .key(object.key())
                        .contentType(content.response().contentType())
                        .contentDisposition(content.response().contentDisposition()),
                AsyncRequestBody.fromBytes(content.asByteArray()))
            .join();
      }
      return copy;
    }

    @Override
    public Map<Object, Object> everything() {
      Map<Object, Object> all = new HashMap<>();
      items().forEach(item -> all.put(key(item), item));
      for (S3Object object : objects()) {
        ResponseBytes<GetObjectResponse> content = content(object);
        all.put(
            object.key(),
            List.of(
                content.response().contentType(),
                String.valueOf(content.response().contentDisposition()),
                Arrays.hashCode(content.asByteArrayUnsafe())));
      }
      return all;
    }

    /** All items. */
    List<Map<String, AttributeValue>> items() {
      List<Map<String, AttributeValue>> items = new ArrayList<>();
      DYNAMO_DB.scanPaginator(it -> it.tableName(table)).items().subscribe(items::add).join();
      return items;
    }

    void put(Map<String, AttributeValue> item) {
      DYNAMO_DB.putItem(it -> it.tableName(table).item(item)).join();
    }

    void delete(Map<String, AttributeValue> item) {
      DYNAMO_DB.deleteItem(it -> it.tableName(table).key(key(item))).join();
    }

    private ResponseBytes<GetObjectResponse> content(S3Object object) {
      return S3.getObject(
              it -> it.bucket(bucket).key(object.key()), AsyncResponseTransformer.toBytes())
          .join();
    }

    private List<S3Object> objects() {
      List<S3Object> objects = new ArrayList<>();
      S3.listObjectsV2Paginator(it -> it.bucket(bucket)).contents().subscribe(objects::add).join();
      return objects;
    }

    private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
      return Map.of("PK", item.get("PK"), "SK", item.get("SK"));
    }
  }
}
