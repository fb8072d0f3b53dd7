package dev.rewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows beyond element 2<sup>31</sup>, which no Java array and no {@code int} index reaches. The
 * memory is a mapped sparse file of 8.6 GB of which a few pages are touched.
 */
class LargeAddressesTest {
  private static final int WIDTH = 64;

  /** Neurons of a tile. */
  private static final int UNITS = 1 << 20;

  /** A tile that ends above element 2^31. */
  private static final int TILE = 32;

  private static final int BATCH = (TILE + 1) * WIDTH;

  /** Rows of it that begin there. */
  private static final int READ = UNITS - 2;

  private static final int WRITTEN = UNITS - 1;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rowsBeyondTwoToTheThirtyFirstElement(boolean scalar) throws IOException {
    Kernels kernels = scalar ? KernelProvider.scalar() : KernelProvider.get();
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("sparse"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        Arena arena = Arena.ofConfined()) {
      Floats memory = Floats.view(map(channel, arena));
      check(kernels, Activations.view(memory, UNITS, BATCH));
    }
  }

  private static MemorySegment map(FileChannel channel, Arena arena) {
    try {
      return channel.map(
          MapMode.READ_WRITE, 0, Activations.length(UNITS, BATCH) * Float.BYTES, arena);
    } catch (IOException | UnsupportedOperationException | OutOfMemoryError refused) {
      return abort("this system does not map a sparse file of 8.6 GB: " + refused);
    }
  }

  private static void check(Kernels kernels, Activations x) {
    long row = x.row(TILE, WRITTEN);
    assertThat(x.row(TILE, READ)).isGreaterThan(1L << 31);
    for (int b = 0; b < WIDTH; b++) {
      x.set(READ, TILE * WIDTH + b, b + 1);
    }
    // Row WRITTEN has one connection, from row READ; the others have none.
    Ints rowStart = new Ints(UNITS + 1L);
    for (int j = WRITTEN + 1; j <= UNITS; j++) {
      rowStart.set(j, 1);
    }
    Floats start = new Floats(UNITS);
    start.set(WRITTEN, 0.5f);
    Floats weight = Floats.of(2f);
    kernels.gather(rowStart, Ints.of(READ), weight, 0, start, x, x, TILE, WRITTEN, WRITTEN + 1);
    expect(x, i -> 0.5f + 2 * (i + 1));
    kernels.gather(rowStart, Ints.of(READ), weight, 0, null, x, x, TILE, WRITTEN, WRITTEN + 1);
    expect(x, i -> 2 * (i + 1));
    kernels.norms().shiftAndScale(x.values(), row, row + WIDTH, 4f, 0.5f);
    expect(x, i -> i - 1);
    kernels.units().leakyRelu(x.values(), row, row + WIDTH, 0.5f);
    expect(x, i -> i == 0 ? -0.5f : i - 1);
    kernels.norms().multiply(x.values(), x.values(), x.values(), row, row + WIDTH);
    expect(x, i -> i == 0 ? 0.25f : (i - 1) * (i - 1));

    Floats out = new Floats(1);
    kernels.sums(x, TILE, WRITTEN, WRITTEN + 1, out, false);
    assertThat(out.get(0)).isEqualTo(0.25f + 62 * 63 * 125 / 6f);
    kernels.products(
        rowStart,
        Ints.of(READ),
        x,
        x,
        TILE,
        WRITTEN,
        0,
        1,
        out,
        false,
        KernelCase.scratch(Kernels.SCRATCH));
    double product = 0.25;
    for (int i = 1; i < WIDTH; i++) {
      product += (i + 1.0) * (i - 1) * (i - 1);
    }
    assertThat((double) out.get(0)).isCloseTo(product, withinPercentage(1e-4));

    kernels
        .descent()
        .sgd(
            Floats.of(1f, 2f, 3f),
            x.values(),
            x.values(),
            row,
            row + 3,
            new SgdStep(1f, 0f, 1f, false, new Pull(0f, 0f, 0f, 0f, 1f)));
    assertThat(value(x, 0)).isEqualTo(-0.75f);
    assertThat(value(x, 2)).isEqualTo(-2f);
    assertThat(value(x, 3)).isEqualTo(4f);
    kernels.units().sigmoid(x.values(), row, row + WIDTH);
    assertThat(value(x, 15)).isEqualTo(1f);
    kernels.units().tanh(x.values(), row, row + WIDTH);
    assertThat(value(x, 15)).isBetween(0.7615f, 0.7617f);
  }

  private static float value(Activations x, int sample) {
    return x.get(WRITTEN, TILE * WIDTH + sample);
  }

  private interface Expected {
    float of(int sample);
  }

  private static void expect(Activations x, Expected expected) {
    for (int b = 0; b < WIDTH; b++) {
      assertThat(value(x, b)).isEqualTo(expected.of(b));
    }
  }
}
