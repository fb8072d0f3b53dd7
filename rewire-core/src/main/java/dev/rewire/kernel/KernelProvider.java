package dev.rewire.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the kernels once for the whole process.
 *
 * <p>The Vector API is used when its module is there, C2 compiles, fused multiply-add is in
 * hardware and vectors have four lanes or more; each doubt has its own sentence. {@code
 * -Drewire.kernels=scalar|vector} forces a choice, and fails when it cannot be had.
 */
public final class KernelProvider {
  /** System property that forces the choice: {@code scalar} or {@code vector}. */
  public static final String PROPERTY = "rewire.kernels";

  private static final Logger LOG = System.getLogger(KernelProvider.class.getName());

  private KernelProvider() {}

  /** Loaded at first use, so that asking for the kernels is all that a caller has to do. */
  private static final class Holder {
    static final Kernels KERNELS = choose(System.getProperty(PROPERTY));
  }

  /**
   * Returns the kernels of this process.
   *
   * @return always the same object
   */
  public static Kernels get() {
    return Holder.KERNELS;
  }

  /**
   * Returns the scalar twin, for comparisons.
   *
   * @return a new object
   */
  public static Kernels scalar() {
    return new ScalarKernels();
  }

  private static Kernels choose(@Nullable String forced) {
    if (forced != null && !forced.equals("scalar") && !forced.equals("vector")) {
      throw new IllegalArgumentException(PROPERTY + " must be scalar or vector: " + forced);
    }
    String doubt = "scalar".equals(forced) ? "forced by -D" + PROPERTY : doubt();
    Kernels kernels;
    if (doubt == null) {
      kernels = new VectorKernels();
    } else if ("vector".equals(forced)) {
      throw new IllegalStateException("vector kernels are forced but impossible: " + doubt);
    } else {
      kernels = new ScalarKernels();
      LOG.log(Level.INFO, "scalar kernels, several times slower: {0}", doubt);
    }
    LOG.log(
        Level.DEBUG,
        "kernels={0} java={1} cpus={2}",
        kernels.name(),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors());
    return kernels;
  }

  /** Returns why the Vector API should not be used, or null. */
  private static @Nullable String doubt() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return "add --add-modules jdk.incubator.vector to the java command";
    }
    String vm = System.getProperty("java.vm.name", "").toLowerCase(Locale.ROOT);
    if (!vm.contains("hotspot") && !vm.contains("openjdk")) {
      return "the virtual machine is not HotSpot but " + vm;
    }
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (argument.equals("-Xint") || argument.matches("-XX:TieredStopAtLevel=[0-3]")) {
        return argument + " switches off the optimising compiler";
      }
    }
    return VectorProbe.doubt();
  }
}
