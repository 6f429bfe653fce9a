package dev.threadkeep.benchmarks.layer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to answer, as it was recorded: to a request that asks for the same, the same; to any other,
 * what the first request of its kind was answered.
 */
final class Answers {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a request asks for; the rest of it is how it asks. */
  private static final List<String> ASKED =
      List.of("Key", "ExclusiveStartKey", "ExpressionAttributeValues", "RequestItems");

  private final Map<String, Kind> kinds = new HashMap<>();

  Answers(List<Exchange> recorded) {
    for (Exchange exchange : recorded) {
      kinds
          .computeIfAbsent(exchange.target(), target -> new Kind())
          .add(exchange.request(), Answer.of(exchange));
    }
  }

  Answer to(String target, ByteBuf request) {
    Kind kind = kinds.get(target);
    if (kind == null) {
      throw new IllegalArgumentException("no " + target + " was recorded");
    }
    return kind.to(request);
  }

  /** All requests of one target. */
  private static final class Kind {
    private final List<Answer> all = new ArrayList<>();
    private final Map<Map<String, JsonNode>, Answer> byAsked = new HashMap<>();

    void add(String request, Answer answer) {
      all.add(answer);
      try (InputStream body = new ByteArrayInputStream(request.getBytes(StandardCharsets.UTF_8))) {
        byAsked.putIfAbsent(asked(body), answer);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }

    /** Where there is one answer only, nobody has to look at the request. */
    Answer to(ByteBuf request) {
      if (all.size() == 1) {
        return all.get(0);
      }
      try (InputStream body = new ByteBufInputStream(request)) {
        return byAsked.getOrDefault(asked(body), all.get(0));
      } catch (IOException noJson) {
        throw new UncheckedIOException(noJson);
      }
    }

    private static Map<String, JsonNode> asked(InputStream body) throws IOException {
      JsonNode request = JSON.readTree(body);
      Map<String, JsonNode> asked = new LinkedHashMap<>();
      for (String member : ASKED) {
        if (request.has(member)) {
          asked.put(member, request.get(member));
        }
      }
      return asked;
    }
  }
}
