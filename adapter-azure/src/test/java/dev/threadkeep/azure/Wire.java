package dev.threadkeep.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;

/** What goes to an engine and back: it can be seen, and replies can get lost. */
final class Wire implements HttpClient {
  private static final HttpClient REAL = HttpClient.createDefault();

  private final List<HttpRequest> requests = new CopyOnWriteArrayList<>();
  private volatile Predicate<HttpRequest> loss = request -> false;
  private volatile Predicate<HttpRequest> broken = request -> false;

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    requests.add(request);
    Mono<HttpResponse> reply = REAL.send(request);
    return loss.test(request)
        ? reply.then(Mono.error(new IOException("connection reset by a test")))
        : reply.map(whole -> broken.test(request) ? new BrokenReply(whole) : whole);
  }

  /** Loses the replies to some requests from now on. */
  void lose(Predicate<HttpRequest> requests) {
    loss = requests;
  }

  /** Breaks off the replies to some requests from now on. */
  void breakOff(Predicate<HttpRequest> requests) {
    broken = requests;
  }

  /** The requests so far, as their methods and what they ask for. */
  List<String> operations() {
    return requests.stream().map(Wire::operation).toList();
  }

  List<HttpRequest> requests() {
    return List.copyOf(requests);
  }

  void forget() {
    requests.clear();
  }

  /** A client that sends everything once. */
  BlobContainerAsyncClient container(String name) {
    return container(Azurite.connectionString(), name);
  }

  /** A client of some account that sends everything once. */
  BlobContainerAsyncClient container(String connectionString, String name) {
    return onceOnly(new BlobContainerClientBuilder().connectionString(connectionString), name);
  }

  /** A client of some account, with the SAS that is in its address, that sends everything once. */
  BlobContainerAsyncClient container(URI withSas, String name) {
    return onceOnly(new BlobContainerClientBuilder().endpoint(withSas.toString()), name);
  }

  static boolean isWrite(HttpRequest request) {
    return request.getHttpMethod() != HttpMethod.GET && request.getHttpMethod() != HttpMethod.HEAD;
  }

  private BlobContainerAsyncClient onceOnly(BlobContainerClientBuilder builder, String name) {
    return builder
        .containerName(name)
        .httpClient(this)
        .retryOptions(
            new RequestRetryOptions(RetryPolicyType.FIXED, 1, (Integer) null, null, null, null))
        .buildAsyncClient();
  }

  private static String operation(HttpRequest request) {
    String query = request.getUrl().getQuery();
    int comp = query == null ? -1 : query.indexOf("comp=");
    return request.getHttpMethod()
        + (comp < 0 ? "" : " " + query.substring(comp + "comp=".length()).split("&", 2)[0]);
  }
}
