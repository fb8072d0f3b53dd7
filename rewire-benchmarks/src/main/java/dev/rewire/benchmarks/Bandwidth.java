package dev.rewire.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * How fast memory can be read with vectors: one stretch from its beginning to its end, or rows at
 * random as connections read them. In a JVM of its own.
 */
public final class Bandwidth {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final long BYTES = S.vectorByteSize();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** Rows of one list; small beside the caches. */
  private static final int ROWS = 1 << 12;

  private static final double SECONDS = 1;
  private static final double SECONDS_OF_PASS = 0.002;
  private static final int LEAST_PASSES = 5;
  private static final int MOST_PASSES = 300;

  private final MemorySegment memory;
  private final long bytes;

  private Bandwidth(long bytes) {
    this.bytes = bytes;
    memory = Arena.ofAuto().allocate(bytes, 4096);
    memory.fill((byte) 0);
  }

  /**
   * Reports GB/s for each of the measurements asked for.
   *
   * @param args threads, then for each measurement its working set in bytes and the bytes of a row,
   *     0 for one stretch
   * @throws InterruptedException never
   */
  public static void main(String[] args) throws InterruptedException {
    int threads = Integer.parseInt(args[0]);
    for (int i = 1; i < args.length; i += 2) {
      long bytes = Long.parseLong(args[i]) / 4096 * 4096;
      int row = Integer.parseInt(args[i + 1]);
      Child.report(args[i] + " " + row, new Bandwidth(bytes).measure(threads, row));
    }
  }

  /** The fastest of several passes, in each of which all threads read the same memory. */
  private double measure(int threads, int row) throws InterruptedException {
    Reader[] readers = new Reader[threads];
    for (int t = 0; t < threads; t++) {
      readers[t] = row == 0 ? new Stretch() : new Rows(row, t);
    }
    Stopwatch.warmUp(readers[0]::read);
    long repeats = repeats(readers[0]);
    long start = System.nanoTime();
    pass(readers, repeats);
    int passes = (int) Math.clamp(SECONDS / Stopwatch.seconds(start), LEAST_PASSES, MOST_PASSES);
    double best = 0;
    for (int pass = 0; pass < passes; pass++) {
      long nanos = pass(readers, repeats);
      best = Math.max(best, (double) threads * repeats * readers[0].bytes() / nanos);
    }
    for (Reader reader : readers) {
      if (reader.sum != 0) {
        throw new IllegalStateException("zeros add up to " + reader.sum);
      }
    }
    return best;
  }

  /** All readers at once; nanoseconds from the first beginning to the last end. */
  private static long pass(Reader[] readers, long repeats) throws InterruptedException {
    if (readers.length == 1) {
      long begin = System.nanoTime();
      readers[0].read(repeats);
      return System.nanoTime() - begin;
    }
    AtomicInteger ready = new AtomicInteger();
    long[] begins = new long[readers.length];
    long[] ends = new long[readers.length];
    Thread[] team = new Thread[readers.length];
    for (int t = 0; t < readers.length; t++) {
      int me = t;
      Runnable task =
          () -> {
            // Spinning, because a thread that sleeps would begin too late.
            ready.incrementAndGet();
            while (ready.get() < readers.length) {
              Thread.onSpinWait();
            }
            begins[me] = System.nanoTime();
            readers[me].read(repeats);
            ends[me] = System.nanoTime();
          };
      team[t] = Thread.ofPlatform().start(task);
    }
    for (Thread thread : team) {
      thread.join();
    }
    return Arrays.stream(ends).max().orElse(0) - Arrays.stream(begins).min().orElse(0);
  }

  /** How often to read in a pass: long beside its beginning, short beside what disturbs it. */
  private static long repeats(Reader reader) {
    long repeats = 1;
    while (true) {
      long start = System.nanoTime();
      reader.read(repeats);
      if (Stopwatch.seconds(start) >= SECONDS_OF_PASS) {
        return repeats;
      }
      repeats *= 2;
    }
  }

  /** Reads something. */
  private abstract static class Reader {
    /** Looked at in the end, so that no read can be left out. */
    float sum;

    abstract void read();

    final void read(long repeats) {
      for (long r = 0; r < repeats; r++) {
        read();
      }
    }

    abstract long bytes();
  }

  /** From the beginning to the end. */
  private final class Stretch extends Reader {
    @Override
    void read() {
      sum += stretch(memory, bytes);
    }

    @Override
    long bytes() {
      return bytes;
    }
  }

  /** A few thousand rows at random; another list each time, else a large set would shrink. */
  private final class Rows extends Reader {
    private final int row;
    private final long[][] lists;
    private int next;

    Rows(int row, int seed) {
      this.row = row;
      long rows = bytes / row;
      // All lists together read every row about twice, and hold 8 MB at the most.
      int count = Math.clamp(2 * rows / ROWS, 1, 256);
      SplittableRandom random = new SplittableRandom(seed);
      lists = new long[count][ROWS];
      for (long[] list : lists) {
        for (int i = 0; i < ROWS; i++) {
          list[i] = random.nextLong(rows) * row;
        }
      }
    }

    @Override
    void read() {
      long[] list = lists[next++ % lists.length];
      sum +=
          switch ((int) (row / BYTES)) {
            case 1 -> rows1(memory, list);
            case 2 -> rows2(memory, list);
            case 4 -> rows4(memory, list);
            default -> rows8(memory, list, row);
          };
    }

    @Override
    long bytes() {
      return (long) ROWS * row;
    }
  }

  private static FloatVector load(MemorySegment memory, long at) {
    return FloatVector.fromMemorySegment(S, memory, at, ORDER);
  }

  private static float stretch(MemorySegment memory, long bytes) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector a4 = a0;
    FloatVector a5 = a0;
    FloatVector a6 = a0;
    FloatVector a7 = a0;
    for (long at = 0; at < bytes; at += 8 * BYTES) {
      a0 = a0.add(load(memory, at));
      a1 = a1.add(load(memory, at + BYTES));
      a2 = a2.add(load(memory, at + 2 * BYTES));
      a3 = a3.add(load(memory, at + 3 * BYTES));
      a4 = a4.add(load(memory, at + 4 * BYTES));
      a5 = a5.add(load(memory, at + 5 * BYTES));
      a6 = a6.add(load(memory, at + 6 * BYTES));
      a7 = a7.add(load(memory, at + 7 * BYTES));
    }
    return a0.add(a1).add(a2.add(a3)).add(a4.add(a5).add(a6.add(a7))).lane(0);
  }

  private static float rows1(MemorySegment memory, long[] list) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = a0;
    for (int i = 0; i < ROWS; i += 2) {
      a0 = a0.add(load(memory, list[i]));
      a1 = a1.add(load(memory, list[i + 1]));
    }
    return a0.add(a1).lane(0);
  }

  private static float rows2(MemorySegment memory, long[] list) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = a0;
    for (int i = 0; i < ROWS; i++) {
      a0 = a0.add(load(memory, list[i]));
      a1 = a1.add(load(memory, list[i] + BYTES));
    }
    return a0.add(a1).lane(0);
  }

  private static float rows4(MemorySegment memory, long[] list) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    for (int i = 0; i < ROWS; i++) {
      a0 = a0.add(load(memory, list[i]));
      a1 = a1.add(load(memory, list[i] + BYTES));
      a2 = a2.add(load(memory, list[i] + 2 * BYTES));
      a3 = a3.add(load(memory, list[i] + 3 * BYTES));
    }
    return a0.add(a1).add(a2.add(a3)).lane(0);
  }

  /** Rows of a multiple of eight vectors. */
  private static float rows8(MemorySegment memory, long[] list, int row) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector a4 = a0;
    FloatVector a5 = a0;
    FloatVector a6 = a0;
    FloatVector a7 = a0;
    for (int i = 0; i < ROWS; i++) {
      for (long at = list[i]; at < list[i] + row; at += 8 * BYTES) {
        a0 = a0.add(load(memory, at));
        a1 = a1.add(load(memory, at + BYTES));
        a2 = a2.add(load(memory, at + 2 * BYTES));
        a3 = a3.add(load(memory, at + 3 * BYTES));
        a4 = a4.add(load(memory, at + 4 * BYTES));
        a5 = a5.add(load(memory, at + 5 * BYTES));
        a6 = a6.add(load(memory, at + 6 * BYTES));
        a7 = a7.add(load(memory, at + 7 * BYTES));
      }
    }
    return a0.add(a1).add(a2.add(a3)).add(a4.add(a5).add(a6.add(a7))).lane(0);
  }
}
