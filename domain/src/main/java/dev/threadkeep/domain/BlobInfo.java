package dev.threadkeep.domain;

import java.time.Instant;

/**
 * What a store knows of a file.
 *
 * @param size in bytes
 * @param mime the content type it was stored with
 * @param version changes with each upload under the key; opaque, without quotes
 * @param modified when it was stored
 */
public record BlobInfo(BlobKey key, long size, String mime, String version, Instant modified) {}
