package dev.threadkeep.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.port.BlobStore;
import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Addresses that are signed with a key of the service, for a client that has a token only. */
class AzureDelegationTest {
  private static final String PASSWORD = "secret";
  private static final BlobKey KEY = BlobKey.of("ada/t/e \\. 1");

  @TempDir static Path folder;
  private static java.net.http.HttpClient anybody;
  private static SSLContext trust;
  private static URI engine;

  private final AtomicInteger keysFetched = new AtomicInteger();
  private final String container = "files-" + Fresh.text();
  private final BlobServiceAsyncClient service = service(AzureDelegationTest::token);

  @BeforeAll
  static void startOverHttps() throws Exception {
    Path store = folder.resolve("certificate.p12");
    makeCertificate(store);
    trust = trusting(store);
    anybody = clientBuilder().build();
    engine =
        AzuriteProcess.start(
            "https", List.of("--oauth", "basic", "--cert", store.toString(), "--pwd", PASSWORD));
  }

  @Test
  void anAddressShouldGiveTheFile() throws Exception {
    BlobStore store = store(Clock.systemUTC());
    service.createBlobContainer(container).block();
    Await.result(
        store.upload(
            KEY,
            ByteBuffer.wrap("näive".getBytes(StandardCharsets.UTF_8)),
            UploadOptions.of("text/x-poem").disposition("inline")));

    URI url = Await.result(store.readUrl(KEY));
    java.net.http.HttpResponse<String> answer = get(url);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("näive");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/x-poem");
    assertThat(answer.headers().firstValue("Content-Disposition")).contains("inline");
    assertThat(url.toString()).startsWith("https://").contains("&spr=https&", "&skoid=", "&sp=r&");
    assertThat(get(URI.create(url + "x")).statusCode()).isEqualTo(403);
    BlobStore past =
        AzureBlobStore.builder(service.getBlobContainerAsyncClient(container))
            .urlsByDelegation(service)
            .clock(Clock.offset(Clock.systemUTC(), Duration.ofHours(-2)))
            .build();
    assertThat(get(Await.result(past.readUrl(KEY))).statusCode()).isEqualTo(403);
  }

  @Test
  void theKeyShouldBeFetchedOnceForAllThatAskAndAgainBeforeItEnds() {
    TestClock clock = new TestClock();
    BlobStore store = store(clock);
    Set<String> keyEnds = new HashSet<>();

    List<URI> urls =
        Await.results(
            IntStream.range(0, 500).mapToObj(i -> store.readUrl(BlobKey.of("f" + i))).toList());

    assertThat(urls).doesNotHaveDuplicates();
    assertThat(keysFetched).hasValue(1);
    for (int hours = 0; hours < 100; hours++) {
      String url = Await.result(store.readUrl(KEY)).toString();
      assertThat(end(url, "se"))
          .isEqualTo(clock.instant().plus(Duration.ofHours(1)).getEpochSecond());
      assertThat(end(url, "ske")).isGreaterThanOrEqualTo(end(url, "se"));
      keyEnds.add(url.replaceFirst(".*&ske=([^&]*)&.*", "$1"));
      clock.advance(Duration.ofHours(1));
    }
    assertThat(keyEnds).hasSize(keysFetched.get()).hasSizeBetween(4, 5);
  }

  @Test
  void aKeyThatCouldNotBeHadShouldBeAskedForAgain() {
    AtomicInteger tokens = new AtomicInteger();
    BlobServiceAsyncClient moody =
        service(
            () -> {
              if (tokens.getAndIncrement() == 0) {
                throw new ClientAuthenticationException("no, https://x?sig=secret", null);
              }
              return token();
            });
    BlobStore store =
        AzureBlobStore.builder(moody.getBlobContainerAsyncClient(container))
            .urlsByDelegation(moody)
            .build();

    Await.refused(
        ErrorCode.UNAVAILABLE,
        "No token could be had from the credential for GetUserDelegationKey of the key that signs"
            + " addresses",
        () -> store.readUrl(KEY));
    assertThat(Await.result(store.readUrl(KEY)).toString()).contains("&sig=");
    Await.result(store.readUrl(KEY));
    assertThat(keysFetched).hasValue(1);
  }

  private BlobStore store(Clock clock) {
    return AzureBlobStore.builder(service.getBlobContainerAsyncClient(container))
        .urlsByDelegation(service)
        .clock(clock)
        .build();
  }

  /** A client with a token, which counts the keys that are fetched. */
  private BlobServiceAsyncClient service(Supplier<String> tokens) {
    HttpClient real = new JdkHttpClientBuilder(clientBuilder()).build();
    HttpClient counting =
        request -> {
          if (isForKey(request)) {
            keysFetched.incrementAndGet();
          }
          return real.send(request);
        };
    TokenCredential credential =
        request ->
            Mono.fromSupplier(
                () ->
                    new AccessToken(tokens.get(), OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
    return new BlobServiceClientBuilder()
        .endpoint(engine + "/" + Azurite.ACCOUNT)
        .credential(credential)
        .httpClient(counting)
        .buildAsyncClient();
  }

  private static java.net.http.HttpClient.Builder clientBuilder() {
    return java.net.http.HttpClient.newBuilder()
        .sslContext(trust)
        .connectTimeout(Duration.ofSeconds(10));
  }

  private static boolean isForKey(HttpRequest request) {
    return String.valueOf(request.getUrl().getQuery()).contains("comp=userdelegationkey");
  }

  private static long end(String url, String parameter) {
    String time = url.replaceFirst(".*[?&]" + parameter + "=([^&]*)&.*", "$1").replace("%3A", ":");
    return Instant.parse(time).getEpochSecond();
  }

  private static java.net.http.HttpResponse<String> get(URI url) throws Exception {
    return anybody.send(java.net.http.HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
  }

  /** Azurite looks at the claims of a token and not at its signature. */
  private static String token() {
    long now = Instant.now().getEpochSecond();
    String claims =
        "{\"aud\":\"https://storage.azure.com\",\"iss\":\"https://sts.windows.net/tenant/\","
            + "\"oid\":\"3fa85f64-5717-4562-b3fc-2c963f66afa6\","
            + "\"tid\":\"72f988bf-86f1-41af-91ab-2d7cd011db47\",\"iat\":"
            + (now - 60)
            + ",\"nbf\":"
            + (now - 60)
            + ",\"exp\":"
            + (now + 3_600)
            + "}";
    return base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + base64(claims) + ".c2lnbmF0dXJl";
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void makeCertificate(Path store) throws Exception {
    String keytool = String.join(File.separator, System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        List.of(
            keytool,
            "-genkeypair",
            "-alias",
            "azurite",
            "-keyalg",
            "RSA",
            "-dname",
            "CN=127.0.0.1",
            "-ext",
            "san=ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static SSLContext trusting(Path store) throws Exception {
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(store)) {
      certificates.load(file, PASSWORD.toCharArray());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
