package dev.rewire.data.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The fingerprint of a file. */
final class Checksum {
  private static final int BLOCK = 1 << 16;

  private Checksum() {}

  /**
   * Computes SHA-256.
   *
   * @param channel an open file; its position is not used
   * @return 64 hexadecimal digits in lower case
   */
  static String sha256(FileChannel channel) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    long at = 0;
    for (int read; (read = channel.read(block, at)) >= 0; at += read) {
      digest.update(block.flip());
      block.clear();
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
