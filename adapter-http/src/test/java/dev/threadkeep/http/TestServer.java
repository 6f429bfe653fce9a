package dev.threadkeep.http;

import dev.threadkeep.application.ChatServices;
import dev.threadkeep.application.Retention;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.memory.InMemoryDataStore;
import dev.threadkeep.http.ThreadkeepServer.FileAddresses;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server on a free port of the loopback for the tests of a class, over a store in memory. */
final class TestServer implements BeforeAllCallback, AfterAllCallback {
  static final String SECRET = "a secret of more than thirty-two bytes, for tests";
  static final String SERVICE_TOKEN = "the token of a chat backend, for tests";

  final TestClock clock = new TestClock();
  final InMemoryDataStore memory = new InMemoryDataStore(clock);
  final ProbedStore store = new ProbedStore(memory);
  final TestBlobs blobs = new TestBlobs();
  final SignInTokens tokens = new SignInTokens(SECRET, clock);
  volatile CompletionStage<?> readiness = CompletableFuture.completedStage(null);
  final ThreadkeepServer server;

  TestServer() {
    this(config -> config);
  }

  TestServer(UnaryOperator<HttpConfig.Builder> changes) {
    this(changes, Optional.empty(), Retention.none());
  }

  private TestServer(
      UnaryOperator<HttpConfig.Builder> changes,
      Optional<FileAddresses> addresses,
      Retention retention) {
    HttpConfig.Builder config =
        HttpConfig.builder().port(0).authSecret(SECRET).serviceToken(SERVICE_TOKEN);
    server =
        new ThreadkeepServer(
            changes.apply(config).build(),
            new ChatServices(
                store,
                Optional.of(blobs),
                BlobKeys.withoutPrefix(),
                clock,
                ChatServices.ACTIVITY_INTERVAL,
                retention),
            addresses,
            () -> readiness,
            clock,
            Fresh::text);
  }

  /** A server where threads expire. */
  static TestServer with(Retention retention) {
    return new TestServer(config -> config, Optional.empty(), retention);
  }

  /** A server that serves files itself. */
  static TestServer ofFiles(UnaryOperator<HttpConfig.Builder> changes) {
    return new TestServer(
        changes,
        Optional.of(
            (key, expires, signature) ->
                expires.equals("tomorrow") && signature.equals("of " + key)),
        Retention.none());
  }

  /** The address under which everybody can read a file of a server that serves files itself. */
  static String address(BlobKey key) {
    return "/files/"
        + Api.segment(key.value())
        + "?expires=tomorrow&signature="
        + Api.segment("of " + key);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    server.start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.close();
  }

  /** Calls of nobody. */
  Api anybody() {
    return new Api(server.port());
  }

  /** Calls of a person, signed in with a bearer token. */
  Api person(String user) {
    return anybody().bearer(token(user));
  }

  /** Calls of a chat backend. */
  Api service() {
    return anybody().bearer(SERVICE_TOKEN);
  }

  String token(String user) {
    return tokens.issue(UserId.of(user), Duration.ofHours(1));
  }
}
