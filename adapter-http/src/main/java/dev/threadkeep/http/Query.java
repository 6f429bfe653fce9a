package dev.threadkeep.http;

import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.PageRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters behind the question mark; each at most once. */
final class Query {
  private static final int DEFAULT_PAGE = 20;

  private final Map<String, String> parameters = new LinkedHashMap<>();

  /**
   * Reads a query string.
   *
   * @throws RefusedException when it is malformed or names a parameter twice
   */
  Query(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!pair.isEmpty() && parameters.put(name, value) != null) {
        throw malformed(name, "is given twice");
      }
    }
  }

  /**
   * Checks that only these parameters are given.
   *
   * @throws RefusedException when there are others
   */
  void checkOnly(Set<String> known) {
    for (String name : parameters.keySet()) {
      if (!known.contains(name)) {
        throw malformed(
            name,
            known.isEmpty()
                ? "is no parameter, there are none here"
                : "is no parameter, there are: " + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  /** The parameter, unless it is absent or empty. */
  Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  /** A parameter that is {@code true} or {@code false}; absent is false. */
  boolean flag(String name) {
    String value = text(name).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw malformed(name, "must be true or false");
    }
    return value.equals("true");
  }

  /** The page that {@code first} and {@code cursor} ask for. */
  PageRequest page() {
    return page(text("first").map(Query::whole).orElse(DEFAULT_PAGE), text("cursor"));
  }

  /**
   * A page of a size.
   *
   * @throws RefusedException when the size is not within bounds
   */
  static PageRequest page(int first, Optional<String> cursor) {
    try {
      return new PageRequest(first, cursor.map(Cursor::of));
    } catch (DataLayerException outOfBounds) {
      throw RefusedException.malformed(outOfBounds);
    }
  }

  private static int whole(String value) {
    if (!value.matches("[0-9]{1,9}")) {
      throw malformed("first", "must be within 1 and " + PageRequest.MAX);
    }
    return Integer.parseInt(value);
  }

  /** Percent-decoding that refuses what is not UTF-8. */
  private static String decode(String encoded) {
    try {
      byte[] bytes =
          URLDecoder.decode(encoded, StandardCharsets.ISO_8859_1)
              .getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException notEncoded) {
      throw new RefusedException(Code.MALFORMED, "the query is not percent-encoded UTF-8");
    }
  }

  private static RefusedException malformed(String name, String problem) {
    return new RefusedException(Code.MALFORMED, "query parameter " + name + ": " + problem);
  }
}
