package dev.rewire.kernel;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * How wide the vectors are.
 *
 * <p>There is no method here that loads one. C2 inlines the library's methods on vectors always,
 * but our own only where their calls look frequent, and a vector that such a method hands back
 * otherwise becomes an object. So no method of ours that is called outside of an inner loop returns
 * a vector; they are loaded by {@link FloatVector#fromMemorySegment}.
 */
final class Lanes {
  /** System property that forces a width, in bits: 128, 256 or 512. */
  private static final String PROPERTY = "rewire.vectorBits";

  static final VectorSpecies<Float> S = species();
  static final int L = S.length();

  /** Rows of up to this length have loops of their own where they are gathered or added to. */
  static final int NARROW = L < 8 ? L / 2 : 8;

  static final long BYTES = S.vectorByteSize();
  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /**
   * What a vector is cast to that a loop has carried round, before its methods are called. Of such
   * a vector the compiler knows no exact type; it asks the profile of the library's method, and as
   * soon as vectors of two widths have been there, it puts each turn's vector into an object.
   */
  static final Class<? extends FloatVector> EXACT = exact(S);

  private Lanes() {}

  private static VectorSpecies<Float> species() {
    int bits = Integer.getInteger(PROPERTY, 0);
    return switch (bits) {
      case 0 -> widest();
      case 128 -> FloatVector.SPECIES_128;
      case 256 -> FloatVector.SPECIES_256;
      case 512 -> FloatVector.SPECIES_512;
      default -> throw new IllegalArgumentException(PROPERTY + " must be 128, 256 or 512: " + bits);
    };
  }

  /** The machine's vectors, but never wider than the stripes of a sum. */
  private static VectorSpecies<Float> widest() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return preferred.length() > Kernels.STRIPES ? FloatVector.SPECIES_512 : preferred;
  }

  /** The class of the vectors of a species; it has no name that others may use. */
  static Class<? extends FloatVector> exact(VectorSpecies<Float> species) {
    return FloatVector.zero(species).getClass();
  }
}
