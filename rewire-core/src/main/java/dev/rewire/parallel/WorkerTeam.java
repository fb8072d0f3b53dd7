package dev.rewire.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of threads that works through the parts of a task together: the caller and {@code
 * threads - 1} daemons.
 *
 * <p>A training step has some twenty parallel regions of 20 to 100 microseconds, so starting one
 * must cost less than a microsecond: helpers spin for a while before they park, and the caller does
 * not wait for a helper that took no part. Each thread begins with its own share of the parts,
 * always the same one, because what it wrote in one region is then still in its cache in the next;
 * whoever is done helps the others. So which thread takes which part is still left to chance:
 * results must depend on the part alone.
 *
 * <p>Used by one thread at a time. {@link #run} allocates nothing.
 */
public final class WorkerTeam implements AutoCloseable {
  /**
   * About half a millisecond: longer than what one thread does alone between two regions of a step,
   * where waking a parked thread would cost more than most regions take.
   */
  private static final int SPINS = 20_000;

  /** Where there are more threads than processors, a thread that waits takes time from another. */
  private static final int SPINS_OF_MANY = 200;

  private static final long NO_PART = 0xffff_ffffL;

  private final Helper[] helpers;
  private final int spins;

  /** Longs between two tickets: two lines of cache, which processors fetch together. */
  private static final int STRIDE = 16;

  /**
   * One ticket a thread: number of the region in the upper half, next part of the thread's share in
   * the lower; one word, so one CAS.
   */
  private final AtomicLongArray tickets;

  /** Number of the region under way; changes last, so whoever sees it sees its tickets. */
  private volatile long region;

  private final AtomicInteger done = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean closed;
  private volatile int parts;
  private volatile @Nullable RangeTask task;

  /**
   * Starts the threads.
   *
   * @param threads number of threads in all, the caller included, 1 or more
   */
  public WorkerTeam(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be 1 or more: " + threads);
    }
    helpers = new Helper[threads - 1];
    tickets = new AtomicLongArray((threads + 1) * STRIDE);
    for (int share = 0; share < threads; share++) {
      tickets.set(at(share), NO_PART);
    }
    spins = threads <= Runtime.getRuntime().availableProcessors() ? SPINS : SPINS_OF_MANY;
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(i + 1);
    }
    for (Helper helper : helpers) {
      helper.start();
    }
  }

  /**
   * Returns the number of threads.
   *
   * @return 1 or more, the caller included
   */
  public int threads() {
    return helpers.length + 1;
  }

  /**
   * Runs all parts of a task and returns when the last one is done.
   *
   * @param parts number of parts, 0 or more
   * @param task what to do; called from several threads. What it throws is thrown here, once all
   *     parts have ended
   */
  public void run(int parts, RangeTask task) {
    if (helpers.length == 0 || parts <= 1) {
      for (int part = 0; part < parts; part++) {
        task.run(part, 0);
      }
      return;
    }
    this.parts = parts;
    this.task = task;
    done.set(0);
    long opened = region + 1;
    for (int share = 0; share < threads(); share++) {
      tickets.set(at(share), opened << 32 | bound(parts, share));
    }
    region = opened;
    for (Helper helper : helpers) {
      if (helper.parked) {
        LockSupport.unpark(helper);
      }
    }
    work(opened, 0);
    for (int spin = 0; done.get() < parts; spin++) {
      if (spin < spins) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    // Close the region before its fields change: a late helper must not see the next one's.
    for (int share = 0; share < threads(); share++) {
      tickets.set(at(share), opened << 32 | NO_PART);
    }
    Throwable thrown = failure.getAndSet(null);
    switch (thrown) {
      case null -> {}
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      default -> throw new IllegalStateException("a task cannot throw this: " + thrown, thrown);
    }
  }

  private void work(long opened, int worker) {
    for (int i = 0; i < threads(); i++) {
      share(opened, (worker + i) % threads(), worker);
    }
  }

  /**
   * Works through what is left of a share. Who is late finds a ticket of the next region: that one
   * it leaves, for there it has to begin with its own.
   */
  private void share(long opened, int share, int worker) {
    while (true) {
      long current = tickets.get(at(share));
      int part = (int) (current & NO_PART);
      RangeTask todo = task;
      if (current >>> 32 != (opened & 0xffff_ffffL)
          || part < 0
          || part >= bound(parts, share + 1)
          || todo == null) {
        return;
      }
      if (tickets.compareAndSet(at(share), current, current + 1)) {
        runPart(todo, part, worker);
      }
    }
  }

  /** The first part of a share. */
  private int bound(int parts, int share) {
    return (int) ((long) parts * share / threads());
  }

  private static int at(int share) {
    return (share + 1) * STRIDE;
  }

  private void runPart(RangeTask todo, int part, int worker) {
    try {
      todo.run(part, worker);
    } catch (Throwable thrown) {
      failure.compareAndSet(null, thrown);
    } finally {
      done.incrementAndGet();
    }
  }

  /** Ends the threads; the team cannot be used again. */
  @Override
  public void close() {
    closed = true;
    for (Helper helper : helpers) {
      LockSupport.unpark(helper);
    }
  }

  private final class Helper extends Thread {
    private final int worker;
    private volatile boolean parked;

    Helper(int worker) {
      super("rewire-" + worker);
      this.worker = worker;
      setDaemon(true);
    }

    @Override
    public void run() {
      long seen = 0;
      while (!closed) {
        long current = region;
        if (current != seen) {
          seen = current;
          work(current, worker);
        } else {
          await(seen);
        }
      }
    }

    private void await(long seen) {
      for (int spin = 0; spin < spins; spin++) {
        if (region != seen) {
          return;
        }
        Thread.onSpinWait();
      }
      parked = true;
      while (region == seen && !closed) {
        LockSupport.park(this);
      }
      parked = false;
    }
  }
}
