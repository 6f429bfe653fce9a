package dev.threadkeep.domain;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * The content of a file, or a part of it, about to be read.
 *
 * @param info the file that the bytes are of, also when it is replaced meanwhile
 * @param count how many bytes will come
 * @param bytes can be subscribed once, and has to be, if only to be cancelled: a connection may
 *     wait for it
 */
public record BlobContent(BlobInfo info, long count, Flow.Publisher<ByteBuffer> bytes) {}
