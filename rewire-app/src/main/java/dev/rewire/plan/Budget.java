package dev.rewire.plan;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import dev.rewire.train.MemoryEstimate;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory a run may take.
 *
 * @param bytes in all
 */
public record Budget(long bytes) {
  private static final double SHARE_OF_MACHINE = 0.9;

  /**
   * Asks the machine, or its container, and the limit of the JVM for memory outside its heap.
   *
   * @param loaded bytes that are in use already and belong to the run
   * @return what the run may take, those bytes included
   */
  public static Budget ofMachine(long loaded) {
    var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long physical = (long) (SHARE_OF_MACHINE * machine.getTotalMemorySize());
    return new Budget(Math.max(0, Math.min(physical, limit()) - Math.max(0, used() - loaded)));
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

  /**
   * Says whether a run can be done.
   *
   * @param memory what it needs
   * @return true if no layer is larger than layers can be and everything fits
   */
  public boolean holds(MemoryEstimate memory) {
    return memory.tooLarge() < 0 && memory.bytes() <= bytes;
  }
}
