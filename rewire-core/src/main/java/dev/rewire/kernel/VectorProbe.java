package dev.rewire.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
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
    if (!fusedMultiplyAdd()) {
      return "fused multiply-add is not in hardware or switched off (-XX:+UseFMA)";
    }
    return null;
  }

  private static boolean fusedMultiplyAdd() {
    var vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return Boolean.parseBoolean(vm.getVMOption("UseFMA").getValue());
    } catch (IllegalArgumentException unknown) {
      return true; // this machine's JVM has no such switch: it has the instruction always
    }
  }
}
