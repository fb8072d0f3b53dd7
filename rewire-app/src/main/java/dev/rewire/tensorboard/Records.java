package dev.rewire.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Records of a TFRecord file: 8 bytes with the length, 4 with its checksum, the data, 4 with their
 * checksum, all little-endian. So a reader knows how far a file is whole that a killed process
 * left.
 */
final class Records {
  private static final int MASK_DELTA = 0xa282ead8;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Records add(byte[] data) {
    byte[] length =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
    bytes.writeBytes(length);
    bytes.writeBytes(checksum(length));
    bytes.writeBytes(data);
    bytes.writeBytes(checksum(data));
    return this;
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  /** CRC-32C, turned and shifted, because checksums of data with checksums in them are weak. */
  private static byte[] checksum(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
  }
}
