package dev.threadkeep.domain;

/**
 * The key of a file in a {@link dev.threadkeep.domain.port.BlobStore}: any text that is not empty;
 * {@link BlobKeys} makes those of the data layer.
 */
public record BlobKey(String value) {
  public BlobKey {
    Limits.requireNonEmpty("object key", value);
  }

  public static BlobKey of(String value) {
    return new BlobKey(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
