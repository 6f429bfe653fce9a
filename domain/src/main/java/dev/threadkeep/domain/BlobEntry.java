package dev.threadkeep.domain;

import java.time.Instant;

/**
 * A file in a listing.
 *
 * @param size in bytes
 * @param modified when it was stored
 */
public record BlobEntry(BlobKey key, long size, Instant modified) {}
