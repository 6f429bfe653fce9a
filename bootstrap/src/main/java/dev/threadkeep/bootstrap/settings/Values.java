package dev.threadkeep.bootstrap.settings;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the texts of options are read. What is not right throws an {@link IllegalArgumentException}
 * that says what it must be, and what it is unless that could be a secret.
 */
final class Values {
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,18})\\s*(KB|MB|GB)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");
  private static final Pattern TABLE = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");
  private static final Pattern COOKIE = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");

  /** Characters of a wrong text that a message repeats. */
  private static final int SHOWN = 80;

  private Values() {}

  /** One of the names of an enum, in any case. */
  static <E extends Enum<E>> Function<String, E> choice(Class<E> type) {
    return text ->
        Arrays.stream(type.getEnumConstants())
            .filter(value -> value.name().equalsIgnoreCase(text))
            .findFirst()
            .orElseThrow(
                () ->
                    must(
                        Arrays.stream(type.getEnumConstants())
                            .map(value -> value.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ", "be one of ", "")),
                        text));
  }

  /** A whole number. */
  static Function<String, Integer> number(int least, int most) {
    return text -> {
      String expected = "be a whole number from " + least + " to " + most;
      if (!WHOLE.matcher(text).matches()) {
        throw must(expected, text);
      }
      return (int) within(Long.parseLong(text), least, most, expected, text);
    };
  }

  /** A number of bytes; 1 KB is 1,024 of them. */
  static Function<String, Long> size(String least, String most) {
    long min = bytes(least, least);
    long max = bytes(most, most);
    String expected = "be a size from " + least + " to " + most + ", such as 32MB";
    return text -> within(bytes(text, expected), min, max, expected, text);
  }

  /** A time span, such as {@code 60s}, {@code 5m} or {@code PT5M}. */
  static Function<String, Duration> duration(String least, String most) {
    Duration min = span(least, least);
    Duration max = span(most, most);
    String expected = "be a time from " + least + " to " + most + ", such as 90s or 5m";
    return text -> {
      Duration value = span(text, expected);
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        throw must(expected, text);
      }
      return value;
    };
  }

  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException notOne) {
      throw must("be a folder", text);
    }
  }

  /** The name of a DynamoDB table. */
  static String table(String text) {
    return matching(TABLE, "have 3 to 255 of the characters a-z, A-Z, 0-9, _, . and -", text);
  }

  /** The name of a cookie. */
  static String cookie(String text) {
    return matching(COOKIE, "have 1 to 64 of the characters a-z, A-Z, 0-9, _, . and -", text);
  }

  /** The beginning of a key in a store for files. */
  static String prefix(String text) {
    if (text.length() > 256
        || text.startsWith("/")
        || text.chars().anyMatch(Character::isISOControl)) {
      throw must("have at most 256 characters, no control characters, and no / in front", text);
    }
    return text;
  }

  /**
   * The address of a site, its scheme in small letters, without a slash at its end. It is not
   * repeated: it may hold a password.
   */
  static URI address(String text) {
    try {
      URI uri = URI.create(text.replaceFirst("/+$", ""));
      if (isWeb(uri)) {
        String scheme = uri.getScheme();
        return URI.create(
            scheme.toLowerCase(Locale.ROOT) + uri.toString().substring(scheme.length()));
      }
    } catch (IllegalArgumentException notOne) {
      // said below, without the text
    }
    throw new IllegalArgumentException(
        "must be an address such as https://chat.example.org, with nothing after its path");
  }

  private static boolean isWeb(URI uri) {
    return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
        && uri.getHost() != null
        && uri.getUserInfo() == null
        && uri.getQuery() == null
        && uri.getFragment() == null;
  }

  /** A token that fits a header. */
  static Secret token(String text) {
    if (text.length() < 32) {
      throw new IllegalArgumentException(
          "must have at least 32 characters, has "
              + text.length()
              + "; `openssl rand -hex 32` makes one");
    }
    if (!TOKEN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be of printable ASCII characters without spaces; `openssl rand -hex 32` makes one");
    }
    return new Secret(text);
  }

  private static String matching(Pattern pattern, String expected, String text) {
    if (!pattern.matcher(text).matches()) {
      throw must(expected, text);
    }
    return text;
  }

  private static long bytes(String text, String expected) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw must(expected, text);
    }
    try {
      return Math.multiplyExact(Long.parseLong(size.group(1)), unitOfSize(size.group(2)));
    } catch (ArithmeticException tooMany) {
      throw must(expected, text);
    }
  }

  private static long unitOfSize(@Nullable String unit) {
    return unit == null
        ? 1
        : switch (unit.toUpperCase(Locale.ROOT)) {
          case "KB" -> 1L << 10;
          case "MB" -> 1L << 20;
          default -> 1L << 30;
        };
  }

  private static Duration span(String text, String expected) {
    return TimeSpan.find(text).orElseThrow(() -> must(expected, text));
  }

  private static long within(long value, long min, long max, String expected, String text) {
    if (value < min || value > max) {
      throw must(expected, text);
    }
    return value;
  }

  static IllegalArgumentException must(String expected, String text) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return new IllegalArgumentException(
        "must " + expected + ", is \"" + shown.replaceAll("\\p{Cntrl}", "?") + "\"");
  }
}
