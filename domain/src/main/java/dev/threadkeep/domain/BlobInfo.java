package dev.threadkeep.domain;

/**
 * What a store knows of a file.
 *
 * @param size in bytes
 * @param mime the content type it was stored with
 */
public record BlobInfo(BlobKey key, long size, String mime) {}
