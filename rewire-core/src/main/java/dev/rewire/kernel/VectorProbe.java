package dev.rewire.kernel;

import java.util.Set;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/** Questions that need the vector module; apart, so that asking them is safe when it is missing. */
final class VectorProbe {
  private VectorProbe() {}

  static @Nullable String doubt() {
    int lanes = FloatVector.SPECIES_PREFERRED.length();
    if (lanes < 4) {
      return "vectors of this machine have only " + lanes + " lanes";
    }
    Set<String> withoutFma = Set.of("sparc", "ppc");
    if (withoutFma.contains(System.getProperty("os.arch", ""))) {
      return "this processor has no fused multiply-add";
    }
    return null;
  }
}
