package dev.rewire.kernel;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs every kernel in two implementations on the same numbers, special ones included, and tells
 * where they differ in a bit. One NaN is as good as another: which one an operation returns is not
 * defined in Java.
 *
 * <p>A program of its own, too, so that a JVM with another vector width can be asked.
 */
final class KernelTwins {
  private static final List<SgdStep> STEPS =
      List.of(
          new SgdStep(0.1f, 0f, 1f, false, new Pull(0f, 0f, 0f, 0f, 1f)),
          new SgdStep(0.1f, 0.9f, 1f, false, new Pull(1e-3f, 0f, 0f, 0f, 1f)),
          new SgdStep(0.1f, 0.9f, 0.8f, false, new Pull(0f, 1e-2f, 2e-4f, 0f, 1f)),
          new SgdStep(0.1f, 0.9f, 1f, true, new Pull(1e-3f, 1e-2f, 1e-3f, 0f, 1f)),
          new SgdStep(0.1f, 0f, 1f, false, new Pull(0f, 0f, 0f, 0.3f, 1f)),
          new SgdStep(0.1f, 0.9f, 1f, true, new Pull(1e-3f, 1e-2f, 1e-3f, 0.5f, 1f)),
          new SgdStep(0.1f, 0f, 1f, false, new Pull(0f, 0f, 0f, 0f, 0.9f)),
          new SgdStep(0.1f, 0.9f, 1f, true, new Pull(1e-3f, 1e-2f, 1e-3f, 0.5f, 0.9f)));

  /** One without and one with each penalty. */
  private static final List<Pull> PULLS =
      List.of(Pull.NONE, new Pull(1e-3f, 1e-2f, 1e-3f, 0.5f, 0.9f));

  private static final List<Descent> DESCENTS = descents();

  /** A step of an optimizer that is not SGD. */
  private record Descent(String name, int slots, Step step) {
    interface Step {
      void run(Kernels kernels, Floats gradient, Floats value, Floats[] state, long from, long to);
    }
  }

  private static List<Descent> descents() {
    List<Descent> all = new ArrayList<>();
    boolean[] either = {false, true};
    for (Pull pull : PULLS) {
      for (boolean one : either) {
        for (boolean two : either) {
          AdamStep adam = new AdamStep(0.9f, 0.1f, 0.99f, 0.01f, 1e-8f, one, two, pull);
          all.add(
              new Descent(
                  adam.toString(),
                  2 + (one ? 1 : 0) + (two ? 2 : 0),
                  (k, g, w, s, from, to) -> k.descent().adam(g, w, s, from, to, adam, 0.1f, 1.5f)));
          RmsPropStep rms = new RmsPropStep(0.1f, 0.9f, 0.1f, 1e-8f, one, two ? 0.5f : 0f, pull);
          all.add(
              new Descent(
                  rms.toString(),
                  1 + (one ? 1 : 0) + (two ? 1 : 0),
                  (k, g, w, s, from, to) -> k.descent().rmsProp(g, w, s, from, to, rms)));
        }
      }
      AdagradStep adagrad = new AdagradStep(0.1f, 1e-10f, pull);
      all.add(
          new Descent(
              adagrad.toString(),
              1,
              (k, g, w, s, from, to) -> k.descent().adagrad(g, w, s[0], from, to, adagrad)));
      LionStep lion = new LionStep(0.1f, 0.9f, 0.1f, 0.99f, 0.01f, pull);
      all.add(
          new Descent(
              lion.toString(),
              1,
              (k, g, w, s, from, to) -> k.descent().lion(g, w, s[0], from, to, lion)));
    }
    return List.copyOf(all);
  }

  private final Kernels one;
  private final Kernels other;
  private final List<String> differences = new ArrayList<>();
  private int comparisons;

  KernelTwins(Kernels one, Kernels other) {
    this.one = one;
    this.other = other;
  }

  /**
   * Prints the kernels' name, the number of comparisons and the first difference or "same". A fifth
   * of the cases, which still has every size, width and pattern: a new JVM is slow at first.
   */
  public static void main(String[] args) {
    KernelTwins twins = new KernelTwins(KernelProvider.get(), KernelProvider.scalar());
    List<String> differences = twins.compare(5);
    System.out.println(KernelProvider.get().name());
    System.out.println(twins.comparisons);
    System.out.println(differences.isEmpty() ? "same" : differences.getFirst());
  }

  /** Compares every {@code stride}-th case. */
  List<String> compare(int stride) {
    List<KernelCase> cases = KernelCase.all().toList();
    for (int i = 0; i < cases.size(); i += stride) {
      compare(cases.get(i), false);
      compare(cases.get(i), true);
    }
    STEPS.forEach(this::sgdOfZeros);
    return differences;
  }

  private void compare(KernelCase c, boolean special) {
    Topology t = c.topology();
    Floats weight = c.floats(t.connections(), 2, special);
    Floats bias = c.floats(c.outputs(), 3, special);
    Activations x = c.activations(c.inputs(), 4, special);
    Activations d = c.activations(c.outputs(), 5, special);
    Activations[] y = {c.activations(c.outputs(), 6, false), c.activations(c.outputs(), 6, false)};
    Activations[] dx = {c.activations(c.inputs(), 6, false), c.activations(c.inputs(), 6, false)};
    Activations[] dy = {c.activations(c.inputs(), 7, false), c.activations(c.inputs(), 7, false)};
    Floats[] p = {new Floats(t.connections()), new Floats(t.connections())};
    Floats[] g = {KernelCase.scratch(t.connections()), KernelCase.scratch(t.connections())};
    Floats[] s = {KernelCase.scratch(c.outputs()), KernelCase.scratch(c.outputs())};
    for (int k = 0; k < 2; k++) {
      Kernels kernels = k == 0 ? one : other;
      kernels.permute(weight, t.edge(), 0, t.connections(), p[k]);
      for (int tile = 0; tile < c.tiles(); tile++) {
        kernels.gather(t.rowStart(), t.column(), weight, 0, bias, x, y[k], tile, 0, c.outputs());
        kernels.gather(t.inputStart(), t.target(), p[k], 0, null, d, dx[k], tile, 0, c.inputs());
        scatter(kernels, t, weight, d, dy[k], tile, 0, c.outputs() / 3);
        scatter(kernels, t, weight, d, dy[k], tile, c.outputs() / 3, c.outputs());
        products(kernels, t, x, d, tile, g[k]);
        kernels.sums(d, tile, 0, c.outputs(), s[k], tile > 0);
      }
    }
    same("gather", c, special, y[0].values(), y[1].values());
    same("transposed gather", c, special, dx[0].values(), dx[1].values());
    same("scatter", c, special, dy[0].values(), dy[1].values());
    same("products", c, special, g[0], g[1]);
    same("sums", c, special, s[0], s[1]);
    zeroProducts(c, t);
    fourRows(c, special);
    listedRow(c, special);
    turn(c, special);
    search(c, special);
    sideBySide(c, special);
    elementwise(c, special);
    columns(c, special);
    sRelu(c, special);
    sgd(c, special);
    descents(c, special);
  }

  /** An input that is 0 in every sample, as a margin of a picture, and gradients of one sign. */
  private void zeroProducts(KernelCase c, Topology t) {
    Activations zeros = new Activations(c.inputs(), c.batch());
    Activations d = new Activations(c.outputs(), c.batch());
    for (long i = 0; i < d.values().length(); i++) {
      d.values().set(i, -1f);
    }
    Floats[] g = {new Floats(t.connections()), new Floats(t.connections())};
    for (int tile = 0; tile < c.tiles(); tile++) {
      products(one, t, zeros, d, tile, g[0]);
      products(other, t, zeros, d, tile, g[1]);
    }
    same("products of zeros", c, false, g[0], g[1]);
  }

  private static void scatter(
      Kernels kernels,
      Topology t,
      Floats weight,
      Activations d,
      Activations into,
      int tile,
      int from,
      int to) {
    kernels.scatter(t.rowStart(), t.rowStart(), 1, t.column(), weight, d, into, tile, from, to);
  }

  private static void products(
      Kernels kernels, Topology t, Activations x, Activations d, int tile, Floats out) {
    kernels.products(
        t.rowStart(),
        t.column(),
        x,
        d,
        tile,
        0,
        0,
        t.connections(),
        out,
        tile > 0,
        KernelCase.scratch(Kernels.SCRATCH));
  }

  /** Rows with a gap between them, and a width that is not always two vectors. */
  private void fourRows(KernelCase c, boolean special) {
    int width = 16 * (1 + c.outputs() % 5);
    int stride = width + 16;
    Floats weight = c.floats(16 + 4L * c.inputs(), 12, special);
    Floats x = c.floats(16L + (long) c.inputs() * stride, 13, special);
    Floats[] y = {c.floats(16 + 4L * stride, 14, special), c.floats(16 + 4L * stride, 14, special)};
    one.fourRows(weight, 16, x, 16, stride, c.inputs(), y[0], 16, stride, width);
    other.fourRows(weight, 16, x, 16, stride, c.inputs(), y[1], 16, stride, width);
    same("fourRows", c, special, y[0], y[1]);
  }

  /** A width that is not always a whole number of the vectors that are done at once. */
  private void listedRow(KernelCase c, boolean special) {
    int width = 16 * (1 + c.outputs() % 9);
    Floats weight = c.floats(3L + c.inputs(), 15, special);
    Ints index = new Ints(3L + c.inputs());
    for (int k = 0; k < c.inputs(); k++) {
      index.set(3L + k, (k * 7 + 1) % c.inputs());
    }
    Floats x = c.floats((long) c.inputs() * width, 16, special);
    Floats[] y = {c.floats(16L + width, 17, special), c.floats(16L + width, 17, special)};
    one.listedRow(weight, index, 3, c.inputs(), x, y[0], 16, width);
    other.listedRow(weight, index, 3, c.inputs(), x, y[1], 16, width);
    same("listedRow", c, special, y[0], y[1]);
  }

  /** With one scale for all features, and with one for each. */
  private void turn(KernelCase c, boolean special) {
    Floats samples = c.floats(3 + (long) c.batch() * c.inputs(), 18, special);
    int width = c.batch() + 3;
    for (int scales : new int[] {1, 2 + c.inputs()}) {
      float[] shift = c.floats(scales, 19, special).toArray();
      float[] scale = c.floats(scales, 20, special).toArray();
      long length = 5 + (long) c.inputs() * width;
      Floats[] rows = {c.floats(length, 21, special), c.floats(length, 21, special)};
      one.turn(samples, 3, c.batch(), c.inputs(), shift, scale, 2, rows[0], 5, width);
      other.turn(samples, 3, c.batch(), c.inputs(), shift, scale, 2, rows[1], 5, width);
      same("turn", c, special, rows[0], rows[1]);
    }
  }

  /** All rows of the layer, and then products with a number for each input. */
  private void sideBySide(KernelCase c, boolean special) {
    Topology topology = c.topology();
    int side = Kernels.SIDE_BY_SIDE;
    int[] rowStart = IntStream.range(0, c.outputs() + 1).map(topology.rowStart()::get).toArray();
    int[] column = IntStream.range(0, topology.connections()).map(topology.column()::get).toArray();
    int[] row = IntStream.range(0, c.outputs() + 2).map(k -> k % c.outputs()).toArray();
    double[] factors = doubles(c.floats(side * row.length, 23, special));
    double[] ofInputs = doubles(c.floats(c.inputs(), 24, special));
    double[][] sums = new double[2][];
    double[][][] rows = new double[2][side][];
    for (int k = 0; k < 2; k++) {
      Kernels kernels = k == 0 ? one : other;
      sums[k] = doubles(c.floats((long) side * c.inputs(), 25, special));
      for (int l = 0; l < side; l++) {
        rows[k][l] = doubles(c.floats(c.inputs(), 26 + l, special));
      }
      kernels.addRows(rowStart, column, row, 1, row.length, factors, sums[k]);
      double[] before = sums[k].clone();
      kernels.addProducts(sums[k], ofInputs, rows[k]);
      if (Arrays.stream(sums[k]).anyMatch(sum -> sum != 0)) {
        differences.add("addProducts %s leaves sums".formatted(c));
      }
      sums[k] = before;
    }
    if (!Arrays.equals(sums[0], sums[1]) || !Arrays.deepEquals(rows[0], rows[1])) {
      differences.add("addRows and addProducts %s".formatted(c));
    }
  }

  private static double[] doubles(Floats floats) {
    float[] all = floats.toArray();
    return IntStream.range(0, all.length).mapToDouble(i -> all[i]).toArray();
  }

  /** As large as each number in turn, from behind the one before it. */
  private void search(KernelCase c, boolean special) {
    int length = c.inputs() + c.batch();
    Floats x = c.floats(length, 22, special);
    for (int i = 0; i < length; i++) {
      int bound = Float.floatToRawIntBits(x.get(i)) & Integer.MAX_VALUE;
      long first = one.firstAtLeast(x, i / 2, length, bound);
      if (first != other.firstAtLeast(x, i / 2, length, bound)) {
        differences.add("firstAtLeast %s from %d, bound %x".formatted(c, i / 2, bound));
      }
    }
  }

  private interface InPlace {
    void run(Kernels kernels, Floats x, Floats y, long from, long to);
  }

  private void elementwise(KernelCase c, boolean special) {
    inPlace(
        "leakyRelu", c, special, (k, x, y, from, to) -> k.units().leakyRelu(x, from, to, 0.01f));
    inPlace("relu", c, special, (k, x, y, from, to) -> k.units().leakyRelu(x, from, to, 0f));
    inPlace(
        "leakyReluGradient",
        c,
        special,
        (k, x, y, from, to) -> k.units().leakyReluGradient(y, x, from, to, 0.01f));
    inPlace("sigmoid", c, special, (k, x, y, from, to) -> k.units().sigmoid(x, from, to));
    inPlace(
        "sigmoidGradient",
        c,
        special,
        (k, x, y, from, to) -> k.units().sigmoidGradient(y, x, from, to));
    inPlace("tanh", c, special, (k, x, y, from, to) -> k.units().tanh(x, from, to));
    inPlace(
        "tanhGradient", c, special, (k, x, y, from, to) -> k.units().tanhGradient(y, x, from, to));
    inPlace("elu", c, special, (k, x, y, from, to) -> k.units().elu(x, from, to));
    inPlace(
        "eluGradient", c, special, (k, x, y, from, to) -> k.units().eluGradient(y, x, from, to));
    inPlace("softplus", c, special, (k, x, y, from, to) -> k.units().softplus(x, from, to));
    inPlace(
        "softplusGradient",
        c,
        special,
        (k, x, y, from, to) -> k.units().softplusGradient(y, x, from, to));
    inPlace("silu", c, special, (k, x, y, from, to) -> k.units().silu(x, from, to));
    inPlace(
        "siluGradient", c, special, (k, x, y, from, to) -> k.units().siluGradient(y, x, from, to));
    inPlace("gelu", c, special, (k, x, y, from, to) -> k.units().gelu(x, from, to));
    inPlace(
        "geluGradient",
        c,
        special,
        (k, x, y, from, to) -> {
          Floats outputs = y.duplicate();
          k.units().gelu(outputs, from, to);
          k.units().geluGradient(y, outputs, x, from, to);
        });
    inPlace(
        "scaleAndShift",
        c,
        special,
        (k, x, y, from, to) -> k.norms().scaleAndShift(x, from, to, 1.7f, 0.3f));
    inPlace(
        "rowSum",
        c,
        special,
        (k, x, y, from, to) -> x.set(from, k.norms().rowSum(y, from, (int) (to - from))));
    inPlace(
        "rowProducts",
        c,
        special,
        (k, x, y, from, to) ->
            x.set(from, k.norms().rowProducts(y, from, x, from, (int) (to - from))));
    inPlace(
        "normalGradient",
        c,
        special,
        (k, x, y, from, to) ->
            k.norms().normalGradient(y, from, x, from, (int) (to - from), 0.2f, 0.4f, 1.3f));
    inPlace("hardTanh", c, special, (k, x, y, from, to) -> k.units().hardTanh(x, from, to));
    inPlace(
        "hardTanhGradient",
        c,
        special,
        (k, x, y, from, to) -> k.units().hardTanhGradient(y, x, from, to));
    inPlace("add", c, special, (k, x, y, from, to) -> k.norms().add(x, y, from, to));
    inPlace("multiply", c, special, (k, x, y, from, to) -> k.norms().multiply(x, y, x, from, to));
    inPlace(
        "shiftAndScale",
        c,
        special,
        (k, x, y, from, to) -> k.norms().shiftAndScale(x, from, to, 0.3f, 1.7f));
  }

  /** Bounds in the middle of the inputs, and slopes of both signs. */
  private void sRelu(KernelCase c, boolean special) {
    inPlace(
        "sRelu",
        c,
        special,
        (k, x, y, from, to) -> k.units().sRelu(x, from, to, -0.2f, 0.3f, 0.4f, -1.2f));
    inPlace(
        "sReluGradient",
        c,
        special,
        (k, x, y, from, to) ->
            k.units().sReluGradient(y, from, x, from, (int) (to - from), -0.2f, 0.3f, 0.4f, -1.2f));
    for (boolean above : new boolean[] {false, true}) {
      inPlace(
          "sReluSums",
          c,
          special,
          (k, x, y, from, to) ->
              k.units()
                  .sReluSums(y, from, x, from, (int) (to - from), -0.2f, 0.4f, above, x, from));
    }
  }

  /** Blocks of 16 columns, which are fast, and of fewer. */
  private void columns(KernelCase c, boolean special) {
    int stride = 48;
    int rows = c.inputs() + 60;
    int columns = c.outputs() % 3 == 0 ? 7 : 16;
    Floats y = c.floats((long) rows * stride, 7, special);
    Floats of = c.floats(64, 9, special);
    Floats more = c.floats(64, 10, special);
    Floats[] x = {c.floats(y.length(), 8, special), c.floats(y.length(), 8, special)};
    Floats[] sums = {new Floats(48 * 3), new Floats(48 * 3)};
    for (int k = 0; k < 2; k++) {
      Kernels kernels = k == 0 ? one : other;
      kernels.norms().columnSums(y, 16, stride, rows, columns, sums[k], 16);
      kernels.norms().columnSquares(y, 16, stride, rows, columns, of, sums[k], 32);
      kernels.norms().columnProducts(y, 16, x[k], 16, stride, rows, columns, sums[k], 48);
      kernels.norms().columnNormal(x[k], 16, stride, rows, columns, of, more, 16);
      kernels.norms().columnGradient(y, 16, x[k], 16, stride, rows, columns, of, more, of, 16);
    }
    same("sums of columns", c, special, sums[0], sums[1]);
    same("columns", c, special, x[0], x[1]);
  }

  /** All but the first and the last 16 elements, which must stay as they are. */
  private void inPlace(String name, KernelCase c, boolean special, InPlace kernel) {
    long length = 16L * c.batch() + 32L;
    Floats y = c.floats(length, 7, special);
    Floats[] x = {c.floats(length, 8, special), c.floats(length, 8, special)};
    kernel.run(one, x[0], y, 16, length - 16);
    kernel.run(other, x[1], y, 16, length - 16);
    same(name, c, special, x[0], x[1]);
  }

  private void sgd(KernelCase c, boolean special) {
    for (SgdStep step : STEPS) {
      // Begins and ends inside a vector; lengths 1 to 67.
      int from = c.outputs() % 5;
      int to = from + c.inputs() + 2;
      Floats gradient = c.floats(to - from, 9, special);
      Floats[] w = {c.floats(to + 3L, 10, special), c.floats(to + 3L, 10, special)};
      Floats[] v = {c.floats(to + 3L, 11, special), c.floats(to + 3L, 11, special)};
      one.descent().sgd(gradient, w[0], step.momentum() == 0 ? w[0] : v[0], from, to, step);
      other.descent().sgd(gradient, w[1], step.momentum() == 0 ? w[1] : v[1], from, to, step);
      same("sgd value " + step, c, special, w[0], w[1]);
      same("sgd velocity " + step, c, special, v[0], v[1]);
    }
  }

  /** The other optimizers; squares and the like are averages of anything here. */
  private void descents(KernelCase c, boolean special) {
    int from = c.outputs() % 5;
    int to = from + c.inputs() + 2;
    Floats gradient = c.floats(to - from, 9, special);
    for (Descent descent : DESCENTS) {
      Floats[] w = {c.floats(to + 3L, 10, special), c.floats(to + 3L, 10, special)};
      Floats[][] states = new Floats[2][descent.slots()];
      for (int slot = 0; slot < descent.slots(); slot++) {
        states[0][slot] = c.floats(to + 3L, 11 + slot, special);
        states[1][slot] = c.floats(to + 3L, 11 + slot, special);
      }
      descent.step().run(one, gradient, w[0], states[0], from, to);
      descent.step().run(other, gradient, w[1], states[1], from, to);
      same("value of " + descent.name(), c, special, w[0], w[1]);
      for (int slot = 0; slot < descent.slots(); slot++) {
        same(
            "slot " + slot + " of " + descent.name(), c, special, states[0][slot], states[1][slot]);
      }
    }
  }

  /** All eight combinations of signs of zero in gradient, parameter and velocity. */
  private void sgdOfZeros(SgdStep step) {
    Floats gradient = zeros(1);
    Floats[] w = {zeros(2), zeros(2)};
    Floats[] v = {zeros(4), zeros(4)};
    one.descent().sgd(gradient, w[0], v[0], 0, 16, step);
    other.descent().sgd(gradient, w[1], v[1], 0, 16, step);
    KernelCase none = new KernelCase(16, 1, 16, KernelCase.Pattern.EMPTY);
    same("sgd value of zeros " + step, none, true, w[0], w[1]);
    same("sgd velocity of zeros " + step, none, true, v[0], v[1]);
  }

  /** Sixteen zeros, negative where a bit of the index is set. */
  private static Floats zeros(int bit) {
    Floats zeros = new Floats(16);
    for (int i = 0; i < 16; i++) {
      zeros.set(i, (i & bit) != 0 ? -0f : 0f);
    }
    return zeros;
  }

  private void same(String kernel, KernelCase c, boolean special, Floats a, Floats b) {
    comparisons++;
    for (long i = 0; i < a.length(); i++) {
      // floatToIntBits tells 0 from -0, and makes all NaNs one.
      if (Float.floatToIntBits(a.get(i)) != Float.floatToIntBits(b.get(i))) {
        differences.add(
            "%s of %s%s: element %d is %s (%s) and %s (%s)"
                .formatted(
                    kernel,
                    c,
                    special ? " with special numbers" : "",
                    i,
                    a.get(i),
                    one.name(),
                    b.get(i),
                    other.name()));
        return;
      }
    }
  }
}
