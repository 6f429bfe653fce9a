package dev.threadkeep.azure;

import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import java.net.URI;
import java.util.List;
import java.util.UUID;

/**
 * Microsoft's own engine for tests, as a process of its own: started when first asked for, ended
 * with this JVM. The build of adapter-azure installs it.
 */
public final class Azurite {
  /** The account that every emulator of Azure's has; its key is no secret. */
  static final String ACCOUNT = "devstoreaccount1";

  static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private Azurite() {}

  /** The one engine of this JVM. */
  private static final class Engine {
    static final URI ENDPOINT = AzuriteProcess.start("http", List.of());
    static final BlobServiceAsyncClient CLIENT =
        new BlobServiceClientBuilder()
            .connectionString(connectionString(ENDPOINT))
            .buildAsyncClient();
  }

  /** Where the account is; a path with the account's name. */
  public static URI endpoint() {
    return URI.create(Engine.ENDPOINT + "/" + ACCOUNT);
  }

  /** What a client needs to know, with the key. */
  public static String connectionString() {
    return connectionString(Engine.ENDPOINT);
  }

  /** A client that has the account's key, which all tests share. */
  public static BlobServiceAsyncClient client() {
    return Engine.CLIENT;
  }

  /** Makes a fresh container and gives its name. */
  public static String createContainer() {
    String name = "threadkeep-" + UUID.randomUUID();
    client().createBlobContainer(name).block();
    return name;
  }

  /** A client of a container. */
  public static BlobContainerAsyncClient container(String name) {
    return client().getBlobContainerAsyncClient(name);
  }

  /** What a client of some engine needs to know, or of something in front of it. */
  static String connectionString(URI engine) {
    return "DefaultEndpointsProtocol="
        + engine.getScheme()
        + ";AccountName="
        + ACCOUNT
        + ";AccountKey="
        + KEY
        + ";BlobEndpoint="
        + engine
        + "/"
        + ACCOUNT
        + ";";
  }
}
