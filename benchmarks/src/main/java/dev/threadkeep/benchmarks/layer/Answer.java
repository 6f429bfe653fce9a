package dev.threadkeep.benchmarks.layer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A recorded answer, ready to be sent.
 *
 * @param crc32 of the body, as DynamoDB sends it and its clients check it
 */
record Answer(int status, ByteBuf body, String crc32) {
  static Answer of(Exchange recorded) {
    byte[] body = recorded.answer().getBytes(StandardCharsets.UTF_8);
    CRC32 crc32 = new CRC32();
    crc32.update(body);
    ByteBuf direct = Unpooled.directBuffer(body.length).writeBytes(body);
    return new Answer(
        recorded.status(), Unpooled.unreleasableBuffer(direct), Long.toString(crc32.getValue()));
  }
}
