package dev.threadkeep.bootstrap;

import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import dev.threadkeep.azure.Azurite;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import dev.threadkeep.s3.S3ProxyEngine;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** How a process of the server finds the engine of the tests, with a table in it. */
final class Engine {
  static final String SERVICE_TOKEN = "a-service-token-of-32-characters!";

  private Engine() {}

  /** The same with files in a fresh bucket of S3. */
  static Map<String, String> withS3(Map<String, String> environment) {
    return withS3(environment, S3ProxyEngine.createBucket());
  }

  /** The same with files in a bucket of S3. */
  static Map<String, String> withS3(Map<String, String> environment, String bucket) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("THREADKEEP_FILES", "s3");
    all.put("THREADKEEP_S3_BUCKET", bucket);
    all.put("AWS_ENDPOINT_URL_S3", S3ProxyEngine.endpoint().toString());
    all.put("AWS_ACCESS_KEY_ID", S3ProxyEngine.ACCESS_KEY);
    all.put("AWS_SECRET_ACCESS_KEY", S3ProxyEngine.SECRET_KEY);
    return all;
  }

  /** The same with files in a fresh container of Azure. */
  static Map<String, String> withAzure(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("THREADKEEP_FILES", "azure");
    all.put("THREADKEEP_AZURE_CONTAINER", Azurite.createContainer());
    all.put("THREADKEEP_AZURE_CONNECTION_STRING", Azurite.connectionString());
    return all;
  }

  /** The same with a SAS of the container, with which nothing can be signed. */
  static Map<String, String> withAzureSas(Map<String, String> environment) {
    Map<String, String> all = withAzure(environment);
    String sas =
        Azurite.container(all.get("THREADKEEP_AZURE_CONTAINER"))
            .generateSas(
                new BlobServiceSasSignatureValues(
                    OffsetDateTime.now(ZoneOffset.UTC).plusHours(1),
                    new BlobContainerSasPermission()
                        .setReadPermission(true)
                        .setListPermission(true)
                        .setCreatePermission(true)
                        .setWritePermission(true)
                        .setDeletePermission(true)));
    all.put(
        "THREADKEEP_AZURE_CONNECTION_STRING",
        "BlobEndpoint=" + Azurite.endpoint() + ";SharedAccessSignature=" + sas);
    return all;
  }

  /** The environment of a server on a table, which need not exist, without files. */
  static Map<String, String> environment(String table) {
    return Map.of(
        "AWS_ENDPOINT_URL_DYNAMODB", DynamoDbLocal.endpoint().toString(),
        "AWS_REGION", "eu-central-1",
        "AWS_ACCESS_KEY_ID", "local",
        "AWS_SECRET_ACCESS_KEY", "local",
        "THREADKEEP_STORE", "dynamodb",
        "THREADKEEP_FILES", "none",
        "THREADKEEP_DYNAMODB_TABLE", table,
        "THREADKEEP_SERVICE_TOKEN", SERVICE_TOKEN,
        "CHAINLIT_AUTH_SECRET", "an-auth-secret-of-more-than-32-bytes");
  }
}
