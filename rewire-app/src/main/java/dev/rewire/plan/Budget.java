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

  /** So many looks in which nothing more was given back: nothing more will be. */
  private static final int LOOKS = 100;

  private static final long PAUSE_NANOS = 10_000_000;

  /**
   * Asks the machine, or its container, and the limit of the JVM for memory outside its heap. Where
   * that is not enough, what earlier runs no longer need is collected first.
   *
   * @param loaded bytes that are in use already and belong to the run
   * @param wanted bytes that would be enough, those included
   * @return what the run may take, the loaded bytes included
   */
  public static Budget ofMachine(long loaded, long wanted) {
    var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long physical = (long) (SHARE_OF_MACHINE * machine.getTotalMemorySize());
    long most = Math.min(physical, limit());
    long others = used(loaded + Math.max(0, most - wanted)) - loaded;
    return new Budget(Math.max(0, most - Math.max(0, others)));
  }

  private static long limit() {
    var hotspot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    long set =
        hotspot == null ? 0 : Long.parseLong(hotspot.getVMOption("MaxDirectMemorySize").getValue());
    return set > 0 ? set : Runtime.getRuntime().maxMemory();
  }

  /**
   * Networks of earlier runs are only given back after a collection, and then one block after the
   * other, by a thread that may have to wait for a processor.
   */
  private static long used(long enough) {
    long used = used();
    if (used > enough) {
      System.gc();
      for (int looks = 0; looks < LOOKS && used > enough; looks++) {
        LockSupport.parkNanos(PAUSE_NANOS);
        long before = used;
        used = used();
        if (used < before) {
          looks = 0;
        }
      }
    }
    return used;
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
