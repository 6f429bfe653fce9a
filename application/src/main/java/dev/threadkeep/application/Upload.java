package dev.threadkeep.application;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/**
 * A file that somebody sends.
 *
 * @param mime its content type, as they call it
 * @param size how many bytes will come, if that is known; fewer or more fail the upload
 * @param content subscribed to when all else is checked, or never
 */
public record Upload(String mime, OptionalLong size, Flow.Publisher<ByteBuffer> content) {}
