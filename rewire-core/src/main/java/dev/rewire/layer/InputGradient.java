package dev.rewire.layer;

import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.parallel.Partition;
import dev.rewire.parallel.RangeTask;
import dev.rewire.topology.Topology;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a layer's inputs, in ways that need no locks and give the same bits on any number
 * of threads: every input neuron has one owner, and its additions are in the order of the output
 * neurons.
 */
abstract sealed class InputGradient
    permits InputGradient.Gathered,
        InputGradient.Unpacked,
        InputGradient.Scattered,
        SummedInputGradient {
  final LayerPass pass;
  final LayerPass before;
  final SparseLayer layer;
  final Compute compute;
  final Kernels kernels;
  final Activations gradient;
  final Activations result;
  private @Nullable Topology cut;

  InputGradient(LayerPass pass, LayerPass before, Compute compute) {
    this.pass = pass;
    this.before = before;
    this.compute = compute;
    layer = pass.layer();
    kernels = compute.kernels();
    gradient = pass.gradient();
    result = before.gradient();
  }

  /**
   * Chooses by the length of a row and by what memory may be spent on.
   *
   * @param pass the layer whose inputs are meant
   * @param before the layer before, which has their gradient
   */
  static InputGradient of(LayerPass pass, LayerPass before, Compute compute, MemoryMode memory) {
    if (pass.dense() != null) {
      return new Unpacked(pass, before, compute);
    }
    if (SummedInputGradient.suits(pass.layer().topology(), before.gradient())) {
      return new SummedInputGradient(pass, before, compute);
    }
    int batch = before.gradient().samples();
    return memory.indexed(pass.layer().index(), batch, pass.layer().topology().density())
        ? new Gathered(pass, before, compute)
        : new Scattered(pass, before, compute);
  }

  /** Whether this ends in the gradient of a layer, and still is the way to compute it. */
  final boolean endsIn(LayerPass end) {
    boolean dense = pass.dense() != null;
    boolean summed = !dense && SummedInputGradient.suits(layer.topology(), result);
    return end == before
        && dense == this instanceof Unpacked
        && summed == this instanceof SummedInputGradient;
  }

  /** Computes the gradient and takes it back through the layer before. */
  final void compute() {
    Topology topology = layer.topology();
    if (topology != cut) {
      cut(topology);
      cut = topology;
    }
    run();
  }

  abstract void cut(Topology topology);

  abstract void run();

  /** Parts begin at whole vectors, even where a row is shorter than one. */
  final int align() {
    return Math.max(1, Activations.LANES / result.width());
  }

  /** The first connection of a sorted row that begins at an input or behind. */
  static int lowerBound(Ints column, int begin, int end, int bound) {
    int low = begin;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (column.get(middle) < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Every input neuron gathers from its outputs, through the transposed index. The weights of a
   * part are put in its order first: each of them may be a cache miss, and in a loop of their own
   * many are under way at once.
   */
  static final class Gathered extends InputGradient {
    private final RangeTask task = this::part;
    private Partition inputs = Partition.equal(1, 1);

    Gathered(LayerPass pass, LayerPass before, Compute compute) {
      super(pass, before, compute);
    }

    @Override
    void cut(Topology topology) {
      topology.index(compute.team());
      int threads = compute.team().threads();
      inputs = Partition.byConnections(topology.inputStart(), align(), threads);
    }

    @Override
    void run() {
      compute.team().run(inputs.parts(), task);
    }

    private void part(int part, int worker) {
      Topology topology = layer.topology();
      int from = inputs.from(part);
      int to = inputs.to(part);
      int first = topology.inputStart().get(from);
      int end = topology.inputStart().get(to);
      Floats weights = compute.chunk(worker, end - first);
      kernels.permute(layer.weight(), topology.edge(), first, end, weights);
      for (int tile = 0; tile < pass.tiles(); tile++) {
        kernels.gather(
            topology.inputStart(),
            topology.target(),
            weights,
            first,
            null,
            gradient,
            result,
            tile,
            from,
            to);
      }
      before.throughActivation(from, to);
    }
  }

  /**
   * A nearly dense layer unpacks the columns of some inputs after the other. Each part owns a range
   * of inputs and remembers where it is in every row, so that there is no transposed index.
   */
  static final class Unpacked extends InputGradient {
    private final RangeTask task = this::part;
    private final Partition blocks;
    private final Ints[] positions;

    Unpacked(LayerPass pass, LayerPass before, Compute compute) {
      super(pass, before, compute);
      blocks =
          Partition.equal(
              Math.ceilDiv(layer.inputs(), Strips.INPUTS), (long) Strips.INPUTS * layer.outputs());
      positions = new Ints[compute.team().threads()];
      for (int i = 0; i < positions.length; i++) {
        positions[i] = new Ints(layer.outputs());
      }
    }

    @Override
    void cut(Topology topology) {
      // Ranges of inputs depend on nothing but their number.
    }

    @Override
    void run() {
      compute.team().run(blocks.parts(), task);
    }

    private void part(int part, int worker) {
      DenseProduct dense = Objects.requireNonNull(pass.dense());
      Topology topology = layer.topology();
      int from = blocks.from(part) * Strips.INPUTS;
      int to = Math.min(blocks.to(part) * Strips.INPUTS, layer.inputs());
      Ints position = positions[worker];
      for (int j = 0; j < layer.outputs(); j++) {
        int begin = topology.rowStart().get(j);
        int end = topology.rowStart().get(j + 1L);
        // At most so many of the inputs before this one are absent.
        int absent = Math.min(from, layer.inputs() - (end - begin));
        int latest = Math.min(end, begin + from);
        position.set(j, lowerBound(topology.column(), begin + from - absent, latest, from));
      }
      dense.inputGradient(gradient, result, pass.tiles(), position, from, to, worker);
      before.throughActivation(from, to);
    }
  }

  /**
   * Every output neuron adds to its inputs. Each part owns a range of inputs and walks its piece of
   * every row: rows are sorted by input. There is one part a thread, or, where few outputs have
   * many connections each, parts so small that their inputs stay in L2 from output to output.
   */
  static final class Scattered extends InputGradient {
    /** Connections that are looked at to find ranges of about equal work. */
    private static final int PROBES = 4096;

    /** Bytes of the inputs of a part that stays in L2. */
    private static final int BLOCK = 1 << 18;

    /** Connections of a piece of a row that are worth to begin with it. */
    private static final int LEAST_PIECE = 256;

    private final RangeTask task = this::part;
    private final RangeTask splitTask = this::split;
    private final int[] bounds;

    /** Where each row goes from one part to the next. */
    private final Ints[] splits;

    Scattered(LayerPass pass, LayerPass before, Compute compute) {
      super(pass, before, compute);
      int parts = parts(compute.team().threads());
      bounds = new int[parts + 1];
      splits = new Ints[parts - 1];
      for (int p = 0; p < splits.length; p++) {
        splits[p] = new Ints(layer.outputs());
      }
    }

    private int parts(int threads) {
      long bytes = (long) layer.inputs() * result.width() * Float.BYTES;
      long pieces = layer.topology().connections() / ((long) layer.outputs() * LEAST_PIECE);
      return Math.toIntExact(Math.max(threads, Math.min(bytes / BLOCK, pieces)));
    }

    @Override
    void cut(Topology topology) {
      int[] probes = new int[Math.min(PROBES, topology.connections())];
      for (int k = 0; k < probes.length; k++) {
        probes[k] = topology.column().get((long) topology.connections() * k / probes.length);
      }
      Arrays.sort(probes);
      int parts = bounds.length - 1;
      for (int p = 1; p < parts; p++) {
        int middle = probes.length == 0 ? 0 : probes[probes.length * p / parts];
        bounds[p] = middle / align() * align();
      }
      bounds[parts] = topology.inputs();
      compute.team().run(splits.length, splitTask);
    }

    private void split(int part, int worker) {
      Topology topology = layer.topology();
      Ints split = splits[part];
      int bound = bounds[part + 1];
      Ints rowStart = topology.rowStart();
      Ints column = topology.column();
      int begin = 0;
      for (int j = 0; j < topology.outputs(); j++) {
        int end = rowStart.get(j + 1L);
        split.set(j, lowerBound(column, begin, end, bound));
        begin = end;
      }
    }

    @Override
    void run() {
      compute.team().run(bounds.length - 1, task);
    }

    private void part(int part, int worker) {
      int from = bounds[part];
      int to = bounds[part + 1];
      if (from == to) {
        return;
      }
      Topology topology = layer.topology();
      boolean last = part == splits.length;
      Ints first = part == 0 ? topology.rowStart() : splits[part - 1];
      Ints end = last ? topology.rowStart() : splits[part];
      for (int tile = 0; tile < pass.tiles(); tile++) {
        result.values().clear(result.row(tile, from), result.end(tile, to));
        kernels.scatter(
            first,
            end,
            last ? 1 : 0,
            topology.column(),
            layer.weight(),
            gradient,
            result,
            tile,
            0,
            layer.outputs());
      }
      before.throughActivation(from, to);
    }
  }
}
