package dev.rewire.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import dev.rewire.network.MemoryEstimate;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.topology.LayerShape;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Refuses networks that cannot fit, before anything is allocated: the operating system would
 * otherwise end the process without a word.
 */
final class MemoryCheck {
  private static final double SHARE_OF_MACHINE = 0.9;

  private MemoryCheck() {}

  static void check(NetworkBuilder builder, int batch, int slots) {
    List<LayerShape> shapes = builder.shapes();
    double[] probabilities = builder.probabilities();
    for (int l = 0; l < probabilities.length; l++) {
      LayerShape shape = shapes.get(l);
      double connections = Math.min(1, probabilities[l]) * shape.cells();
      if (connections > MemoryEstimate.MOST_CONNECTIONS) {
        throw new UsageException(
            "layer %d (%,d x %,d) would have %,.0f connections, but one layer can have %,d:"
                    .formatted(
                        l,
                        shape.inputs(),
                        shape.outputs(),
                        connections,
                        MemoryEstimate.MOST_CONNECTIONS)
                + " lower --hidden or --epsilon");
      }
    }
    long needed = builder.memory(batch, slots).bytes();
    long available = available();
    if (needed > available) {
      throw new UsageException(
          "this network needs %s (%,d bytes) to train, but %s (%,d bytes) are available: lower"
                  .formatted(Say.bytes(needed), needed, Say.bytes(available), available)
              + " --hidden, --epsilon or --batch");
    }
  }

  /** What native blocks may still take: of the machine, and by the limit of the JVM for them. */
  static long available() {
    var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long physical = (long) (SHARE_OF_MACHINE * machine.getTotalMemorySize());
    return Math.max(0, Math.min(physical, limit()) - used());
  }

  private static long limit() {
    var hotspot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    long set =
        hotspot == null ? 0 : Long.parseLong(hotspot.getVMOption("MaxDirectMemorySize").getValue());
    return set > 0 ? set : Runtime.getRuntime().maxMemory();
  }

  private static long used() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
