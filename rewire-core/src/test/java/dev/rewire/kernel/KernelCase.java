package dev.rewire.kernel;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.topology.Topology;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A layer of an awkward size and a batch of an awkward size, with numbers to fill them. */
record KernelCase(int inputs, int outputs, int batch, Pattern pattern) {
  private static final int[] UNITS = {1, 15, 16, 17, 63, 64, 65};
  private static final int[] BATCHES = {1, 2, 3, 4, 8, 16, 20, 64, 128, 150};

  /** Numbers that go wrong where ordinary ones do not. */
  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -3 * Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE
  };

  /** Which connections there are. */
  enum Pattern {
    EMPTY,
    FULL,
    /** Rows without connections, full rows and random rows in turn; the last one is empty. */
    MIXED
  }

  static Stream<KernelCase> all() {
    return IntStream.range(0, UNITS.length)
        .boxed()
        .flatMap(u ->
            Arrays.stream(BATCHES)
                .boxed()
                .flatMap(batch ->
                    Arrays.stream(Pattern.values())
                        .map(pattern -> new KernelCase(UNITS[u], other(u), batch, pattern))));
  }

  private static int other(int u) {
    return UNITS[(u * 3 + 2) % UNITS.length];
  }

  Topology topology() {
    SplittableRandom random = random(1);
    long[] cells =
        LongStream.range(0, (long) inputs * outputs)
            .filter(cell -> connected((int) (cell / inputs), random))
            .toArray();
    return Topology.ofCells(inputs, outputs, cells);
  }

  private boolean connected(int output, SplittableRandom random) {
    return switch (pattern) {
      case EMPTY -> false;
      case FULL -> true;
      case MIXED ->
          output < outputs - 1 && (output % 3 == 1 || output % 3 == 2 && random.nextInt(4) == 0);
    };
  }

  int tiles() {
    return Activations.padded(batch) / Activations.width(batch);
  }

  Activations activations(int units, int seed, boolean special) {
    Activations activations = new Activations(units, batch);
    fill(activations.values(), seed, special);
    return activations;
  }

  Floats floats(long length, int seed, boolean special) {
    Floats floats = new Floats(length);
    fill(floats, seed, special);
    return floats;
  }

  /** Memory with something in it. */
  static Floats scratch(long length) {
    Floats scratch = new Floats(length);
    for (long i = 0; i < length; i++) {
      scratch.set(i, Float.NaN);
    }
    return scratch;
  }

  private void fill(Floats floats, int seed, boolean special) {
    SplittableRandom random = random(seed);
    for (long i = 0; i < floats.length(); i++) {
      float ordinary = (float) random.nextGaussian();
      boolean odd = special && random.nextInt(8) == 0;
      floats.set(i, odd ? SPECIAL[random.nextInt(SPECIAL.length)] : ordinary);
    }
  }

  private SplittableRandom random(int seed) {
    return new SplittableRandom(hash() * 31L + seed);
  }

  /** Not {@code hashCode}: that of an enum differs from run to run. */
  private int hash() {
    return ((inputs * 31 + outputs) * 31 + batch) * 31 + pattern.ordinal();
  }
}
