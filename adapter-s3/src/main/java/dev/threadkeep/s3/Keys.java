package dev.threadkeep.s3;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Limits;
import java.util.regex.Pattern;

/** Which keys S3 can keep, and how they travel. */
final class Keys {
  private static final String PATH = "object key";

  /**
   * A step that means this folder or the one above. S3 would keep it, but whoever follows an
   * address takes it out of the path before asking, and so do servers that keep files in folders:
   * it would lead to another file.
   */
  private static final Pattern STEP = Pattern.compile("(^|/)\\.\\.?(/|\\z)");

  /**
   * What a list of keys in XML does not carry as it is. An ampersand could be carried, but where it
   * begins what looks like an entity of XML, the SDK takes it for one and names another file.
   */
  private static final Pattern NOT_FOR_XML = Pattern.compile("[&\\p{Cntrl}\\x{fffe}\\x{ffff}]");

  private Keys() {}

  /**
   * @throws DataLayerException when a file cannot be stored under this key
   */
  static void checkStorable(BlobKey key) {
    checkText(key);
    checkSteps(key);
  }

  /**
   * @throws DataLayerException when this is no key for S3, whatever becomes of it on the way
   */
  static void checkText(BlobKey key) {
    Limits.checkBytes(PATH, key.value(), Limits.KEY_BYTES);
  }

  /**
   * Whether there can be a file under this key: none where it is too long or no Unicode.
   *
   * @throws DataLayerException when asking for it might lead to another file
   */
  static boolean isPossible(BlobKey key) {
    checkSteps(key);
    return isText(key.value());
  }

  /** Whether a key, or the start of one, can be sent at all. */
  static boolean isText(String start) {
    try {
      Limits.checkBytes(PATH, start, Limits.KEY_BYTES);
      return true;
    } catch (DataLayerException tooLongOrNoUnicode) {
      return false;
    }
  }

  /** Whether the key can be one of many in a request. */
  static boolean isForXml(BlobKey key) {
    return !NOT_FOR_XML.matcher(key.value()).find();
  }

  private static void checkSteps(BlobKey key) {
    if (STEP.matcher(key.value()).find()) {
      throw DataLayerException.invalid(PATH, "has a step . or .. in its path");
    }
  }
}
