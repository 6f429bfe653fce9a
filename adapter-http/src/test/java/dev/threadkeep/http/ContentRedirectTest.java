package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files of elements where another server has them. */
class ContentRedirectTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final String thread = Fresh.thread().value();
  private final String content = "/v1/threads/" + thread + "/elements/näh%2Fe/content";
  private final Api service = SERVER.service();

  @Test
  void contentShouldBeAtTheStore() {
    String path = content.replace("ä", "%C3%A4");
    service.upload(path, "image/png", new byte[10]).ok();

    Reply reply = service.download(path);
    assertThat(reply.status()).isEqualTo(307);
    assertThat(reply.header("Location"))
        .isEqualTo("https://bucket.s3.amazonaws.com/unknown/" + thread + "/n%C3%A4h%252Fe?signed");
    assertThat(reply.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(reply.text()).isEmpty();

    Reply head = service.head(path);
    assertThat(head.status()).as("an address that is signed for GET refuses HEAD").isEqualTo(200);
    assertThat(head.header("Content-Type")).isEqualTo("image/png");
    assertThat(head.header("ETag")).isNotEmpty();
  }

  @Test
  void addressThatCannotBeSignedShouldBeAProblem() {
    SERVER.memory.seedElement(
        JsonObject.of("id", JsonValue.of("e"))
            .with("threadId", JsonValue.of(thread))
            .with("objectKey", JsonValue.of("unsignable")));

    service.download("/v1/threads/" + thread + "/elements/e/content").problem(Code.UNAVAILABLE);
  }

  @Test
  void thereShouldBeNoFilesHere() {
    SERVER
        .anybody()
        .sendUnchecked("GET", "/files/x?expires=1&signature=x", BodyPublishers.noBody())
        .problem(Code.NOT_FOUND);
  }
}
