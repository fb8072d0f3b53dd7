package dev.rewire.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The team of threads. A time limit only stops a test that hangs. */
@Timeout(60)
class WorkerTeamTest {
  private static int[] counts(AtomicIntegerArray array) {
    int[] counts = new int[array.length()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = array.get(i);
    }
    return counts;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 32})
  void everyPartRunsOnce(int threads) {
    try (WorkerTeam team = new WorkerTeam(threads)) {
      assertThat(team.threads()).isEqualTo(threads);
      for (int parts : new int[] {0, 1, 2, 5, 64, 1000}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(parts);
        team.run(
            parts,
            (part, worker) -> {
              assertThat(worker).isBetween(0, threads - 1);
              runs.incrementAndGet(part);
            });
        int[] once = new int[parts];
        Arrays.fill(once, 1);
        assertThat(counts(runs)).isEqualTo(once);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void manyTinyRegionsOneAfterAnother(int threads) {
    // Plain fields and arrays: what a part wrote must be seen when run returns.
    int[] runs = new int[8];
    try (WorkerTeam team = new WorkerTeam(threads)) {
      for (int region = 1; region <= 50_000; region++) {
        int parts = 1 + region % 8;
        team.run(parts, (part, worker) -> runs[part]++);
        if (region % 8 == 0) {
          assertThat(runs)
              .containsExactly(
                  region,
                  region / 8 * 7,
                  region / 8 * 6,
                  region / 8 * 5,
                  region / 8 * 4,
                  region / 8 * 3,
                  region / 8 * 2,
                  region / 8);
        }
      }
    }
  }

  /** Nobody can help another one here: all parts must have begun before one of them ends. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void eachThreadBeginsWithItsShare(int threads) {
    try (WorkerTeam team = new WorkerTeam(threads)) {
      for (int region = 0; region < 2000; region++) {
        CyclicBarrier all = new CyclicBarrier(threads);
        int[] workers = new int[threads];
        // Leaves helpers behind that still look for something to do when the next region opens.
        team.run(2, (part, worker) -> {});
        team.run(
            threads,
            (part, worker) -> {
              workers[part] = worker;
              await(all);
            });
        assertThat(workers).isEqualTo(IntStream.range(0, threads).toArray());
      }
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aWorkerNumberBelongsToOneThreadAtATime() {
    int[] inUse = new int[4];
    try (WorkerTeam team = new WorkerTeam(4)) {
      AtomicIntegerArray busy = new AtomicIntegerArray(4);
      for (int region = 0; region < 2000; region++) {
        team.run(
            16,
            (part, worker) -> {
              if (busy.incrementAndGet(worker) != 1) {
                inUse[worker]++;
              }
              Thread.onSpinWait();
              busy.decrementAndGet(worker);
            });
      }
    }
    assertThat(inUse).containsOnly(0);
  }

  @Test
  void helpersWakeUpAfterALongPause() throws InterruptedException {
    try (WorkerTeam team = new WorkerTeam(3)) {
      for (int round = 0; round < 5; round++) {
        AtomicIntegerArray runs = new AtomicIntegerArray(32);
        team.run(32, (part, worker) -> runs.incrementAndGet(part));
        assertThat(counts(runs)).containsOnly(1);
        Thread.sleep(20);
      }
    }
  }

  private static Throwable thrownBy(ThrowingCallable code) {
    try {
      code.call();
    } catch (Throwable thrown) {
      Throwable root = thrown;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return root;
    }
    return new AssertionError("nothing was thrown");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void whatAPartThrowsReachesTheCallerAndTheTeamGoesOn(int threads) {
    try (WorkerTeam team = new WorkerTeam(threads)) {
      for (int bad = 0; bad < 20; bad++) {
        int failing = bad;
        Throwable thrown =
            thrownBy(() ->
                team.run(
                    20,
                    (part, worker) -> {
                      if (part == failing) {
                        throw new ArithmeticException("part " + part);
                      }
                    }));
        assertThat(thrown).isInstanceOf(ArithmeticException.class).hasMessage("part " + failing);
        AtomicIntegerArray runs = new AtomicIntegerArray(20);
        team.run(20, (part, worker) -> runs.incrementAndGet(part));
        assertThat(counts(runs)).containsOnly(1);
      }
    }
  }

  @Test
  void evenErrorsReachTheCaller() {
    try (WorkerTeam team = new WorkerTeam(2)) {
      Throwable thrown =
          thrownBy(() ->
              team.run(
                  8,
                  (part, worker) -> {
                    throw new StackOverflowError();
                  }));
      assertThat(thrown).isInstanceOf(StackOverflowError.class);
    }
  }

  @Test
  void closeEndsTheThreads() throws InterruptedException {
    Thread[] helpers = new Thread[3];
    try (WorkerTeam team = new WorkerTeam(3)) {
      // Parts wait for each other, so that every thread has to take one.
      AtomicIntegerArray arrived = new AtomicIntegerArray(1);
      team.run(
          3,
          (part, worker) -> {
            helpers[worker] = Thread.currentThread();
            arrived.incrementAndGet(0);
            while (arrived.get(0) < 3) {
              Thread.onSpinWait();
            }
          });
    }
    assertThat(helpers[0]).isSameAs(Thread.currentThread());
    for (int i = 1; i < 3; i++) {
      assertThat(helpers[i].isDaemon()).isTrue();
      helpers[i].join();
      assertThat(helpers[i].isAlive()).isFalse();
    }
  }

  @Test
  void aTeamNeedsAThread() {
    assertThatThrownBy(() -> new WorkerTeam(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be 1 or more: 0");
  }
}
