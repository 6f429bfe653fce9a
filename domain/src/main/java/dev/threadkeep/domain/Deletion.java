package dev.threadkeep.domain;

import java.util.List;

/**
 * What a delete removed.
 *
 * @param items how many entities
 * @param files the files that they had; they are still stored, and nothing refers to them any more
 */
public record Deletion(int items, List<BlobKey> files) {
  public Deletion {
    files = List.copyOf(files);
  }
}
