package dev.threadkeep.azure;

import com.azure.core.util.BinaryData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that are stored together, copied together from buffers of any size. It takes memory in
 * pieces, as it needs them, and small enough not to be in the way of the garbage collector.
 */
final class Block {
  private static final int PIECE_BYTES = 64 * 1_024;

  private final long limit;
  private final List<ByteBuffer> pieces = new ArrayList<>();
  private long size;

  Block(long limit) {
    this.limit = limit;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean isFull() {
    return size == limit;
  }

  /** Takes what there is room for. */
  void fill(ByteBuffer source) {
    while (source.hasRemaining() && !isFull()) {
      ByteBuffer piece = piece();
      int count = Math.min(piece.remaining(), source.remaining());
      piece.put(source.slice().limit(count));
      source.position(source.position() + count);
      size += count;
    }
  }

  /** The bytes so far. */
  BinaryData content() {
    return BinaryData.fromListByteBuffer(
        pieces.stream().map(piece -> piece.duplicate().flip()).toList());
  }

  private ByteBuffer piece() {
    if (pieces.isEmpty() || !pieces.get(pieces.size() - 1).hasRemaining()) {
      pieces.add(ByteBuffer.allocate((int) Math.min(PIECE_BYTES, limit - size)));
    }
    return pieces.get(pieces.size() - 1);
  }
}
