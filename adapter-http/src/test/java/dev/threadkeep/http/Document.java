package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The OpenAPI document, as a judge of requests and answers. */
final class Document {
  static final Document INSTANCE = new Document(text());

  private final OpenApiInteractionValidator validator;

  Document(String json) {
    validator = OpenApiInteractionValidator.createForInlineApiSpecification(json).build();
  }

  static String text() {
    try (InputStream in = Document.class.getResourceAsStream("openapi.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Checks the answer, and the request as well when the server took it. */
  void check(
      String method, String path, Map<String, String> headers, Optional<String> body, Reply reply) {
    assertThat(problems(method, path, headers, body, reply)).as("%s %s", method, path).isEmpty();
  }

  /** What the document has against them. */
  List<String> problems(
      String method, String path, Map<String, String> headers, Optional<String> body, Reply reply) {
    int mark = path.indexOf('?');
    String plain = mark < 0 ? path : path.substring(0, mark);
    SimpleResponse.Builder response = SimpleResponse.Builder.status(reply.status());
    reply.headers().map().forEach(response::withHeader);
    if (!reply.text().isEmpty()) {
      response.withContentType(reply.header("Content-Type")).withBody(reply.text());
    }
    ValidationReport report =
        reply.status() < 400
            ? validator.validate(
                request(method, plain, mark < 0 ? "" : path.substring(mark + 1), headers, body),
                response.build())
            : validator.validateResponse(plain, Request.Method.valueOf(method), response.build());
    return report.getMessages().stream()
        .filter(message -> message.getLevel() == Level.ERROR)
        .map(Message::toString)
        .toList();
  }

  private static Request request(
      String method,
      String path,
      String query,
      Map<String, String> headers,
      Optional<String> body) {
    SimpleRequest.Builder request = new SimpleRequest.Builder(method, path);
    headers.forEach(request::withHeader);
    for (String pair : query.isEmpty() ? List.<String>of() : List.of(query.split("&", -1))) {
      String[] parts = pair.split("=", 2);
      request.withQueryParam(parts[0], parts.length == 2 ? parts[1] : "");
    }
    body.ifPresent(
        json -> {
          request.withContentType(headers.getOrDefault("Content-Type", "application/json"));
          request.withBody(json);
        });
    return request.build();
  }
}
