package dev.rewire.model;

import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.neuron.NeuronNumbers;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One number for all weights, biases and positions of connections: two networks with the same
 * fingerprint compute the same.
 */
public final class Fingerprint {
  private static final long BLOCK = 1 << 20;

  private final MessageDigest digest;

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * Hashes a network: layer by layer row starts, columns, weights, biases and the numbers of neuron
   * layers, as they lie in memory (little-endian on every machine that Java 25 runs on with these
   * kernels).
   *
   * @param network what to hash
   * @return SHA-256 in 64 hexadecimal digits
   */
  public static String of(Network network) {
    Fingerprint fingerprint = new Fingerprint();
    for (SparseLayer layer : network.layers()) {
      fingerprint.add(layer.topology().rowStart().segment());
      fingerprint.add(layer.topology().column().segment());
      fingerprint.add(layer.weight().segment());
      fingerprint.add(layer.bias().segment());
      for (NeuronNumbers numbers : layer.neurons()) {
        for (int p = 0; p < numbers.layer().parameters().size(); p++) {
          fingerprint.add(numbers.parameter(p).segment());
        }
        for (int m = 0; m < numbers.layer().memory().size(); m++) {
          fingerprint.add(numbers.memory(m).segment());
        }
      }
    }
    return fingerprint.digits();
  }

  String digits() {
    return HexFormat.of().formatHex(digest.digest());
  }

  void add(byte[] bytes) {
    digest.update(bytes);
  }

  void add(MemorySegment segment) {
    for (long from = 0; from < segment.byteSize(); from += BLOCK) {
      ByteBuffer block =
          segment.asSlice(from, Math.min(BLOCK, segment.byteSize() - from)).asByteBuffer();
      digest.update(block);
    }
  }
}
