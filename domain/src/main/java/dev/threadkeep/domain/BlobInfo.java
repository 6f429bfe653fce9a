package dev.threadkeep.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What a store knows of a file.
 *
 * @param size in bytes
 * @param mime the content type it was stored with
 * @param disposition the {@code Content-Disposition} it was stored with, if any
 * @param version changes with each upload under the key; opaque, without quotes
 * @param modified when it was stored
 */
public record BlobInfo(
    BlobKey key,
    long size,
    String mime,
    Optional<String> disposition,
    String version,
    Instant modified) {}
