package dev.threadkeep.http;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.net.URI;
import java.util.List;

/** What is answered to a request. Its headers take the place of those that all answers have. */
record Answer(int status, String contentType, List<Header> headers, AnswerBody body) {
  private static final String JSON = "application/json";

  /** What Chainlit's server says when there is nothing to say. */
  private static final JsonObject SUCCESS = JsonObject.of("success", JsonValue.of(true));

  static Answer ok(JsonObject json) {
    return ok(JsonBody.of(json));
  }

  static Answer ok(JsonBody body) {
    return new Answer(200, JSON, List.of(), body);
  }

  static Answer success() {
    return ok(SUCCESS);
  }

  static Answer noContent() {
    return new Answer(204, JSON, List.of(), JsonBody.none());
  }

  /** Sends the client to another address, this time. */
  static Answer redirect(URI address) {
    return new Answer(
        307, JSON, List.of(new Header("Location", address.toASCIIString())), JsonBody.none());
  }

  /** What is made while it is written. */
  static Answer stream(String contentType, StreamBody body) {
    return new Answer(200, contentType, List.of(), body);
  }

  /** The same answer with these headers. */
  Answer with(List<Header> others) {
    return new Answer(status, contentType, others, body);
  }
}
