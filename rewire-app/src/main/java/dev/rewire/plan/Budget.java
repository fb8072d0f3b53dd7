package dev.rewire.plan;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import dev.rewire.train.MemoryEstimate;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * How much memory a run may take.
 *
 * @param bytes in all
 */
public record Budget(long bytes) {
  private static final double SHARE_OF_MACHINE = 0.9;

  /** The part of the memory from which on it is worth to look for what nobody needs any more. */
  private static final int OTHERS = 10;

  private static final int WAITS = 50;
  private static final long WAIT_NANOS = 10_000_000;

  /**
   * Asks the machine, or its container, and the limit of the JVM for memory outside its heap.
   *
   * @param loaded bytes that are in use already and belong to the run
   * @return what the run may take, those bytes included
   */
  public static Budget ofMachine(long loaded) {
    var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long physical = (long) (SHARE_OF_MACHINE * machine.getTotalMemorySize());
    long most = Math.min(physical, limit());
    return new Budget(Math.max(0, most - Math.max(0, used(loaded, most) - loaded)));
  }

  private static long limit() {
    var hotspot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    long set =
        hotspot == null ? 0 : Long.parseLong(hotspot.getVMOption("MaxDirectMemorySize").getValue());
    return set > 0 ? set : Runtime.getRuntime().maxMemory();
  }

  /** Networks of earlier runs are only given back after a collection. */
  private static long used(long loaded, long most) {
    long before = used();
    if (before - loaded > most / OTHERS) {
      System.gc();
      for (int wait = 0; wait < WAITS && used() >= before; wait++) {
        LockSupport.parkNanos(WAIT_NANOS);
      }
    }
    return used();
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
