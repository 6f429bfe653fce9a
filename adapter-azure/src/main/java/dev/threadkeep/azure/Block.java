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

  /** An empty block for so many bytes. */
  Block(long limit) {
    this.limit = limit;
  }

  /** A block of what a buffer holds, not copied. */
  static Block of(ByteBuffer content) {
    Block block = new Block(content.remaining());
    block.pieces.add(content.slice().position(content.remaining()));
    block.size = block.limit;
    return block;
  }

  long size() {
    return size;
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

  /** The bytes, to be sent. To be asked for when there will be no more. */
  BinaryData content() {
    pieces.replaceAll(piece -> piece.duplicate().flip());
    return BinaryData.fromListByteBuffer(pieces);
  }

  /** Lets go of the bytes, which were sent: a connection remembers its last request for long. */
  void release() {
    pieces.clear();
  }

  private ByteBuffer piece() {
    if (pieces.isEmpty() || !pieces.get(pieces.size() - 1).hasRemaining()) {
      pieces.add(ByteBuffer.allocate((int) Math.min(PIECE_BYTES, limit - size)));
    }
    return pieces.get(pieces.size() - 1);
  }
}
