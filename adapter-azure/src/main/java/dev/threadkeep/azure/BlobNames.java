package dev.threadkeep.azure;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Limits;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that keys have as blobs. Azure takes a backslash for a slash, drops the dots at the end
 * of a part between slashes, and walks along {@code .} and {@code ..}, percent-encoded or not. So a
 * name has {@code %5C} for a backslash and {@code %2E} for the last dot of a part; where a key has
 * these letters itself, their percent sign becomes {@code %25}. Any other key is a name as it is,
 * and each name that Azure can hold is that of one key.
 */
final class BlobNames {
  private static final String PATH = "object key";

  /** The longest name that Azure takes, in characters. */
  private static final int CHARACTERS = 1_024;

  /** What stands for a character in a name, or stands for such a text, and so on. */
  private static final String ESCAPE = "(?:25)*(?:5C|2E(?=/|$))";

  private static final Pattern ESCAPED = Pattern.compile("%" + ESCAPE);
  private static final Pattern PERCENT_OF_ESCAPE = Pattern.compile("%(?=" + ESCAPE + ")");
  private static final Pattern LAST_DOT = Pattern.compile("\\.(?=/|$)");

  /** The end of a prefix: what follows decides how it is escaped. */
  private static final Pattern OPEN_END = Pattern.compile("[.%25CE]+$");

  private static final Pattern EMPTY_PART = Pattern.compile("^/|//|/$");

  private BlobNames() {}

  /** The name of the blob of a key. */
  static String of(BlobKey key) {
    return escape(key.value());
  }

  /** The key that has this name. */
  static BlobKey key(String name) {
    return BlobKey.of(
        ESCAPED.matcher(name).replaceAll(it -> Matcher.quoteReplacement(unescape(it.group()))));
  }

  /**
   * What the names of all keys begin with that begin with a prefix. Others may begin with it, too.
   */
  static String prefix(String ofKeys) {
    return escape(OPEN_END.matcher(ofKeys).replaceFirst(""));
  }

  /** Whether there can be a blob of this key. */
  static boolean isPossible(BlobKey key) {
    return isText(key.value())
        && key.value().chars().noneMatch(Character::isISOControl)
        && of(key).length() <= CHARACTERS;
  }

  /** Whether it is Unicode; half a character would become a question mark on its way. */
  static boolean isText(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /**
   * Checks that a key can be a name.
   *
   * @throws DataLayerException when not
   */
  static void check(BlobKey key) {
    Limits.checkBytes(PATH, key.value(), Limits.KEY_BYTES);
    if (key.value().chars().anyMatch(Character::isISOControl)) {
      throw DataLayerException.invalid(PATH, "has control characters");
    }
    int characters = of(key).length();
    if (characters > CHARACTERS) {
      throw Limits.tooLarge(PATH + " as Azure needs it", characters, CHARACTERS);
    }
  }

  /**
   * Checks a key of something that is about to be stored. An account with folders would take what
   * stands between two slashes, if it is nothing, for not there at all.
   *
   * @throws DataLayerException when not
   */
  static void checkNew(BlobKey key) {
    check(key);
    if (EMPTY_PART.matcher(key.value()).find()) {
      throw DataLayerException.invalid(PATH, "has an empty part before, between or after slashes");
    }
  }

  private static String escape(String key) {
    String safe = PERCENT_OF_ESCAPE.matcher(key).replaceAll("%25").replace("\\", "%5C");
    return LAST_DOT.matcher(safe).replaceAll("%2E");
  }

  private static String unescape(String escape) {
    return switch (escape) {
      case "%5C" -> "\\";
      case "%2E" -> ".";
      default -> "%" + escape.substring("%25".length());
    };
  }
}
