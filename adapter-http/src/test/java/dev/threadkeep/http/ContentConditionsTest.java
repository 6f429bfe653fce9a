package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of files, and files that the caller has already or did not mean (RFC 9110). */
class ContentConditionsTest {
  @RegisterExtension static final TestServer SERVER = TestServer.ofFiles(config -> config);

  private static final String TEXT = "0123456789";

  private final BlobKey key = BlobKey.of("ada/" + Fresh.text() + "/e");
  private final Api anybody = SERVER.anybody();
  private final String address = TestServer.address(key);
  private BlobInfo info;

  @BeforeEach
  void upload() {
    upload(TEXT);
    info = Await.result(SERVER.blobs.find(key)).orElseThrow();
  }

  @AfterEach
  void restore() {
    SERVER.blobs.restore();
  }

  private void upload(String text) {
    Await.result(
        SERVER.blobs.upload(
            key,
            ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
            UploadOptions.of("text/plain")));
  }

  private String tag() {
    return '"' + info.version() + '"';
  }

  private String date(int secondsLater) {
    Instant date = info.modified().plusSeconds(secondsLater);
    return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
        .withZone(ZoneOffset.UTC)
        .format(date);
  }

  private Reply get(String header, String value) {
    return anybody.with(header, value).download(address);
  }

  private void assertWhole(Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo(TEXT);
    assertThat(reply.header("Content-Range")).isEmpty();
    assertThat(reply.header("ETag")).isEqualTo(tag());
    assertThat(reply.header("Last-Modified")).isEqualTo(date(0));
    assertThat(reply.header("Accept-Ranges")).isEqualTo("bytes");
  }

  @Test
  void fileShouldSayWhatItIs() {
    assertWhole(anybody.download(address));

    Reply head = anybody.head(address);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    assertThat(head.headers().map().keySet())
        .containsAll(
            anybody.download(address).headers().map().keySet().stream()
                .filter(name -> !name.equals("date"))
                .toList());
    assertThat(head.header("Content-Length")).isEqualTo("10");
    assertThat(head.header("Content-Type")).isEqualTo("text/plain");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, 0-9, 0123456789",
    "bytes=0-0, 0-0, 0",
    "bytes=3-5, 3-5, 345",
    "BYTES=3-5, 3-5, 345",
    "bytes= 3 - 5 , 3-5, 345",
    "bytes=9-, 9-9, 9",
    "bytes=0-, 0-9, 0123456789",
    "bytes=5-99999999999999999999, 5-9, 56789",
    "bytes=-3, 7-9, 789",
    "bytes=-10, 0-9, 0123456789",
    "bytes=-11, 0-9, 0123456789",
    "bytes=-99999999999999999999, 0-9, 0123456789"
  })
  void partShouldBeServed(String range, String served, String text) {
    Reply reply = get("Range", range);

    assertThat(reply.status()).isEqualTo(206);
    assertThat(reply.text()).isEqualTo(text);
    assertThat(reply.header("Content-Range")).isEqualTo("bytes " + served + "/10");
    assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(text.length()));
    assertThat(reply.header("ETag")).isEqualTo(tag());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-1,3-4",
        "bytes=5-4",
        "bytes=-",
        "bytes=",
        "bytes",
        "bytes=a-b",
        "bytes=--1",
        "bytes=1--2",
        "bytes=+1-2",
        "bytes=1.0-2",
        "bytes=٣-٥",
        "lines=1-2",
        "=1-2",
        ""
      })
  void rangeThatIsNotUnderstoodShouldBeIgnored(String range) {
    assertWhole(range.contains("٣") ? anybody.download(address) : get("Range", range));
  }

  @Test
  void longRangeShouldMeanTheSame() {
    String spaces = " ".repeat(30_000);

    assertThat(RequestedRange.of("bytes=" + spaces + "3" + spaces + "-" + spaces + "5", 10))
        .contains(new ByteRange(3, 3));
    assertThat(RequestedRange.of("bytes=" + spaces + "x", 10)).isEmpty();
    assertThat(RequestedRange.of("bytes=3" + spaces + "5", 10)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"})
  void partThatThereIsNotShouldBeRefused(String range) {
    Reply reply = get("Range", range).problem(Code.RANGE_NOT_SATISFIABLE);

    assertThat(reply.header("Content-Range")).isEqualTo("bytes */10");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void emptyFileShouldHaveNoParts() {
    upload("");

    assertThat(
            get("Range", "bytes=0-0").problem(Code.RANGE_NOT_SATISFIABLE).header("Content-Range"))
        .isEqualTo("bytes */0");
    assertThat(get("Range", "bytes=-5").status()).isEqualTo(200);
    assertThat(anybody.download(address).header("Content-Length")).isEqualTo("0");
  }

  @Test
  void headShouldKnowNoParts() {
    Reply head = anybody.with("Range", "bytes=3-5").head(address);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo("10");
  }

  @Test
  void partShouldBeOfTheFileThatIsMeant() {
    Api part = anybody.with("Range", "bytes=3-5");

    assertThat(part.with("If-Range", tag()).download(address).status()).isEqualTo(206);
    for (String other : new String[] {"\"other\"", "W/" + tag(), "\"\"", date(0), date(10), "x"}) {
      assertWhole(part.with("If-Range", other).download(address));
    }
    assertThat(part.with("If-Match", tag()).download(address).status()).isEqualTo(206);
    part.with("If-Match", "\"other\"").download(address).problem(Code.PRECONDITION_FAILED);
    assertThat(part.with("If-None-Match", tag()).download(address).status()).isEqualTo(304);
  }

  @Test
  void fileThatIsKnownShouldNotBeSentAgain() {
    for (String known : new String[] {tag(), "W/" + tag(), "\"a\", " + tag() + ", W/\"b\"", "*"}) {
      for (Reply reply :
          new Reply[] {
            get("If-None-Match", known), anybody.with("If-None-Match", known).head(address)
          }) {
        assertThat(reply.status()).as(known).isEqualTo(304);
        assertThat(reply.text()).isEmpty();
        assertThat(reply.header("ETag")).isEqualTo(tag());
        assertThat(reply.header("Last-Modified")).isEqualTo(date(0));
        assertThat(reply.headers().allValues("Cache-Control")).containsExactly("private, no-cache");
      }
    }
    for (String other : new String[] {"\"other\"", "", "x", info.version(), "\"*\""}) {
      assertWhole(get("If-None-Match", other));
    }
  }

  @Test
  void dateShouldCountWhereThereIsNoTag() {
    assertThat(get("If-Modified-Since", date(0)).status()).isEqualTo(304);
    assertThat(get("If-Modified-Since", date(60)).status()).isEqualTo(304);
    assertWhole(get("If-Modified-Since", date(-1)));
    assertWhole(get("If-Modified-Since", "yesterday"));
    assertWhole(
        anybody
            .with("If-Modified-Since", date(0))
            .with("If-None-Match", "\"other\"")
            .download(address));
  }

  @Test
  void fileThatIsNotMeantShouldBeRefused() {
    assertWhole(get("If-Match", tag()));
    assertWhole(get("If-Match", "*"));
    assertWhole(get("If-Match", "\"other\", " + tag()));
    get("If-Match", "\"other\"").problem(Code.PRECONDITION_FAILED);
    get("If-Match", "W/" + tag()).problem(Code.PRECONDITION_FAILED);
    assertWhole(get("If-Unmodified-Since", date(0)));
    assertWhole(get("If-Unmodified-Since", "yesterday"));
    get("If-Unmodified-Since", date(-1)).problem(Code.PRECONDITION_FAILED);
    assertWhole(
        anybody.with("If-Unmodified-Since", date(-1)).with("If-Match", tag()).download(address));
    assertThat(anybody.with("If-Match", "\"other\"").head(address).status()).isEqualTo(412);
    anybody
        .with("If-Match", "\"other\"")
        .with("If-None-Match", tag())
        .download(address)
        .problem(Code.PRECONDITION_FAILED);
  }

  @Test
  void fileThatIsReplacedMeanwhileShouldBeOneOfBoth() {
    AtomicInteger reads = new AtomicInteger();
    SERVER.blobs.readWith(
        (read, range) -> {
          if (reads.incrementAndGet() == 1) {
            upload("abc");
          }
          CompletableFuture<Optional<BlobContent>> content = new CompletableFuture<>();
          SERVER.blobs.restore();
          SERVER
              .blobs
              .read(read, range)
              .whenComplete(
                  (done, failure) -> {
                    if (failure == null) {
                      content.complete(done);
                    } else {
                      content.completeExceptionally(failure);
                    }
                  });
          return content;
        });

    Reply reply = get("Range", "bytes=1-5");

    assertThat(reply.status()).isEqualTo(206);
    assertThat(reply.text()).isEqualTo("bc");
    assertThat(reply.header("Content-Range")).isEqualTo("bytes 1-2/3");
    assertThat(reply.header("ETag")).isNotEqualTo(tag());
  }

  @Test
  void fileThatIsReplacedAllTheTimeShouldBeGivenUp() {
    AtomicInteger reads = new AtomicInteger();
    SERVER.blobs.readWith(
        (read, range) -> {
          reads.incrementAndGet();
          return CompletableFuture.failedStage(
              DataLayerException.invalid("range", "begins behind the end"));
        });

    get("Range", "bytes=1-5").problem(Code.UNAVAILABLE);

    assertThat(reads).hasValue(3);
  }

  @Test
  void fileThatCannotBeReadShouldBeAProblem() {
    SERVER.blobs.readWith(
        (read, range) ->
            CompletableFuture.failedStage(
                new DataLayerException(ErrorCode.CORRUPT, "file x is damaged")));

    anybody.download(address).problem(Code.CORRUPT);
  }

  @Test
  void addressThatWasNotMadeHereShouldBeForbidden() {
    String path = "/files/" + Api.segment(key.value());
    for (String query :
        new String[] {
          "",
          "?expires=tomorrow",
          "?signature=of%20" + Api.segment(key.value()),
          "?expires=yesterday&signature=of%20" + Api.segment(key.value()),
          "?expires=tomorrow&signature=of%20another"
        }) {
      anybody.download(path + query).problem(Code.FORBIDDEN);
      assertThat(anybody.head(path + query).status()).isEqualTo(403);
    }
    anybody.download(TestServer.address(BlobKey.of("gone"))).problem(Code.NOT_FOUND);
    anybody
        .download(path + "?expires=tomorrow&expires=tomorrow&signature=x")
        .problem(Code.MALFORMED);
    SERVER.person("bob").with("Cookie", "access_token=nonsense").download(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "//", ".", "..", "../x", "a/../b", "%2F", "a\nb", "a b", "?#&=+", "😀"})
  void anyKeyShouldWork(String text) {
    BlobKey odd = BlobKey.of(text);
    Await.result(SERVER.blobs.upload(odd, ByteBuffer.allocate(3), UploadOptions.of("text/plain")));

    assertThat(anybody.download(TestServer.address(odd)).text()).hasSize(3);
  }
}
