package dev.rewire.bench;

import dev.rewire.kernel.Bandwidth;
import dev.rewire.layer.Compute;
import dev.rewire.memory.Floats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How near the kernels come to the bandwidth of the level of memory that holds the activations, on
 * one thread. A connection reads a row of {@code 4 * batch} bytes for {@code 2 * batch} operations,
 * so the ceiling in operations a second is half the bandwidth in bytes a second.
 *
 * @param bandwidths what loops that only read have reached
 * @param rates what the kernels have reached
 */
public record Ceiling(List<Read> bandwidths, List<Rate> rates) {
  private static final long SMALLEST = 16 << 10;
  private static final List<Kernel> KERNELS =
      List.of(Kernel.FORWARD, Kernel.INPUT_GRADIENT, Kernel.WEIGHT_GRADIENT);

  /**
   * A bandwidth.
   *
   * @param bytes that were read again and again
   * @param random whether rows came in random order, not one after another
   * @param gigabytes read in a second
   */
  public record Read(long bytes, boolean random, double gigabytes) {}

  /**
   * What a kernel has reached.
   *
   * @param level of memory that holds the activations: L2, L3 or memory
   * @param neurons on both sides of the layer
   * @param connections of the layer
   * @param bytes of the activations of its inputs
   * @param kernel which
   * @param gigaflops operations in a second, in thousand millions
   * @param ceiling half of the bandwidth, likewise
   */
  public record Rate(
      String level,
      int neurons,
      long connections,
      long bytes,
      Kernel kernel,
      double gigaflops,
      double ceiling) {
    /**
     * Returns the fraction of the ceiling.
     *
     * @return 0 to about 1
     */
    public double fraction() {
      return gigaflops / ceiling;
    }
  }

  /** Copies the lists. */
  public Ceiling {
    bandwidths = List.copyOf(bandwidths);
    rates = List.copyOf(rates);
  }

  static Ceiling run(Scope scope, List<Place> places, Watch watch) {
    List<Read> bandwidths = new ArrayList<>();
    List<Rate> rates = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    for (long bytes = SMALLEST; bytes < places.getLast().bytes(scope); bytes *= 4) {
      long size = bytes;
      if (places.stream().noneMatch(place -> place.bytes(scope) == size)) {
        sizes.add(size);
      }
    }
    int of = sizes.size() + places.size();
    int done = 0;
    for (long bytes : sizes) {
      if (watch.stop()) {
        break;
      }
      watch.at("bandwidth of %,d KiB".formatted(bytes >> 10), done++, of);
      bandwidths.add(read(bytes, false, scope));
    }
    try (Compute compute = new Compute(1)) {
      for (Place place : places) {
        if (watch.stop()) {
          break;
        }
        watch.at("kernels with the activations of " + place.title(), done++, of);
        LayerAtWork work = new LayerAtWork(place.layer(), compute, scope.batch());
        // before and after, so that one moment of other programs does not lower the ceiling
        Read before = read(place.bytes(scope), place.random(), scope);
        double[] seconds = new double[KERNELS.size()];
        for (int k = 0; k < seconds.length; k++) {
          Kernel kernel = KERNELS.get(k);
          if (place.equals(places.getFirst())) {
            scope.timing().warmUp(() -> kernel.run(work));
          }
          seconds[k] = scope.timing().fastest(() -> kernel.run(work));
        }
        Read after = read(place.bytes(scope), place.random(), scope);
        Read read = before.gigabytes() > after.gigabytes() ? before : after;
        bandwidths.add(read);
        for (int k = 0; k < seconds.length; k++) {
          rates.add(rate(place, read, KERNELS.get(k), scope, seconds[k]));
        }
      }
    }
    return new Ceiling(bandwidths, rates);
  }

  private static Rate rate(Place place, Read read, Kernel kernel, Scope scope, double seconds) {
    long connections = place.layer().topology().connections();
    return new Rate(
        place.level(),
        place.layer().inputs(),
        connections,
        read.bytes(),
        kernel,
        2.0 * scope.batch() * connections / seconds / 1e9,
        read.gigabytes() / 2);
  }

  private static Read read(long bytes, boolean random, Scope scope) {
    Floats block = new Floats(bytes / Float.BYTES);
    int[] rows = new int[(int) (block.length() / Bandwidth.ROW)];
    Arrays.setAll(rows, row -> row);
    if (random) {
      SplittableRandom chance = new SplittableRandom(1);
      for (int i = rows.length; i > 1; i--) {
        int other = chance.nextInt(i);
        int row = rows[i - 1];
        rows[i - 1] = rows[other];
        rows[other] = row;
      }
    }
    // long enough for the clock
    int repetitions = (int) Math.max(1, (4L << 20) / bytes);
    int[] seen = {0};
    if (bytes == SMALLEST) {
      scope.timing().warmUp(() -> seen[0] |= Bandwidth.read(block, rows));
    }
    Runnable work =
        () -> {
          for (int r = 0; r < repetitions; r++) {
            seen[0] |= Bandwidth.read(block, rows);
          }
        };
    double seconds = scope.timing().fastest(work);
    long read = (long) rows.length * Bandwidth.ROW * Float.BYTES * repetitions;
    if (seen[0] != 0) {
      throw new IllegalStateException("a block of zeros reads as " + seen[0]);
    }
    return new Read(bytes, random, read / seconds / 1e9);
  }
}
