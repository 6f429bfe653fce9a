package dev.threadkeep.domain;

/**
 * The key of a file in a {@link dev.threadkeep.domain.port.BlobStore}: any text that is not empty;
 * see {@link #forElement}.
 */
public record BlobKey(String value) {
  public BlobKey {
    Limits.requireNonEmpty("object key", value);
  }

  public static BlobKey of(String value) {
    return new BlobKey(value);
  }

  /**
   * The key under which an element's file is stored: {@code {userId}/{threadId}/{elementId}}, as
   * Chainlit's data layer makes it. A {@code %} or {@code /} inside an id is percent-encoded, so
   * that no two elements share a key; so are the dots of the ids {@code .} and {@code ..}, which
   * stores and browsers would take for steps in a path.
   *
   * @throws DataLayerException {@link ErrorCode#TOO_LARGE} when the key has more than {@value
   *     Limits#KEY_BYTES} bytes
   */
  public static BlobKey forElement(UserId user, ThreadId thread, ElementId element) {
    String key =
        escape(user.value()) + '/' + escape(thread.value()) + '/' + escape(element.value());
    Limits.checkBytes(ElementAttributes.OBJECT_KEY.name(), key, Limits.KEY_BYTES);
    return new BlobKey(key);
  }

  private static String escape(String id) {
    return id.equals(".") || id.equals("..")
        ? id.replace(".", "%2E")
        : id.replace("%", "%25").replace("/", "%2F");
  }

  @Override
  public String toString() {
    return value;
  }
}
