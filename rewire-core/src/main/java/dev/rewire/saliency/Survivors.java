package dev.rewire.saliency;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.topology.Topology;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a layer that are left after some rounds of SynFlow. As long as these are many, they
 * are not stored: whoever asks is given those cells that pass the cuts of all rounds, which is
 * computed again from what flowed then. Later they are rows of inputs and absolute weights, whose
 * ends move to the left with every round.
 */
final class Survivors {
  /** Cells of a row that are looked at together. */
  static final int PIECE = 512;

  private static final int ROWS = 16;

  private final ImplicitLayer layer;

  /** The number of the first cell among those of all layers. */
  private final long first;

  /** Whether there are rows. */
  private boolean stored;

  /** Where each row begins and ends, if there are rows. */
  private int[] start = {};

  private int[] end = {};
  private Ints column = new Ints(0);
  private Floats magnitude = new Floats(0);

  /** Rounds whose cuts were not yet applied to what is stored. */
  private final List<Flow> flows = new ArrayList<>();

  private final List<Cut> cuts = new ArrayList<>();

  /** Some cells of a row: their inputs, ascending, and absolute weights. */
  static final class Buffer {
    final int[] input = new int[PIECE];
    final float[] magnitude = new float[PIECE];
    int count;
  }

  /**
   * Begins with all cells, or with some.
   *
   * @param layer the weights
   * @param first number of the first cell among those of all layers
   * @param graph the cells to begin with, or null for all
   * @param team computes their weights
   */
  Survivors(ImplicitLayer layer, long first, @Nullable Topology graph, WorkerTeam team) {
    this.layer = layer;
    this.first = first;
    if (graph != null) {
      int[] starts = new int[layer.outputs() + 1];
      Arrays.setAll(starts, j -> graph.rowStart().get(j));
      Floats weights = layer.weights(graph, team);
      for (long e = 0; e < weights.length(); e++) {
        weights.set(e, Math.abs(weights.get(e)));
      }
      Ints inputs = new Ints(graph.connections());
      inputs.copy(graph.column(), 0, 0, graph.connections());
      keep(starts, Arrays.copyOfRange(starts, 1, starts.length), inputs, weights);
    }
  }

  private void keep(int[] start, int[] end, Ints column, Floats magnitude) {
    this.start = start;
    this.end = end;
    this.column = column;
    this.magnitude = magnitude;
    stored = true;
  }

  ImplicitLayer layer() {
    return layer;
  }

  long first() {
    return first;
  }

  /** How many rounds every cell must still be tested for. */
  int untested() {
    return cuts.size();
  }

  /** Remembers a round. */
  void cut(Flow flow, Cut cut) {
    flows.add(flow);
    cuts.add(cut);
  }

  /** Parts of a row that {@link #read} reads. */
  int pieces(int output) {
    return Math.ceilDiv(stored ? end[output] - start[output] : layer.inputs(), PIECE);
  }

  /** Ranges of inputs that {@link #readRange} reads. */
  int ranges() {
    return Math.ceilDiv(layer.inputs(), PIECE);
  }

  /** Finds the survivors in a piece of a row. */
  void read(int output, int piece, Buffer into) {
    if (stored) {
      int from = start[output] + piece * PIECE;
      load(output, from, Math.min(end[output], from + PIECE), into);
    } else {
      readRange(output, piece, into);
    }
  }

  /** Finds the survivors of a row in a range of {@value #PIECE} inputs. */
  void readRange(int output, int range, Buffer into) {
    int from = range * PIECE;
    int to = Math.min(layer.inputs(), from + PIECE);
    if (stored) {
      int low = from == 0 ? start[output] : lowerBound(output, from);
      load(output, low, to == layer.inputs() ? end[output] : lowerBound(output, to), into);
      return;
    }
    long cell = (long) output * layer.inputs() + from;
    for (int k = 0; k < to - from; k++) {
      into.input[k] = from + k;
      into.magnitude[k] = Math.abs(layer.weight(cell + k));
    }
    test(output, to - from, into);
  }

  private void load(int output, int from, int to, Buffer into) {
    int count = to - from;
    MemorySegment.copy(column.segment(), JAVA_INT, 4L * from, into.input, 0, count);
    MemorySegment.copy(magnitude.segment(), JAVA_FLOAT, 4L * from, into.magnitude, 0, count);
    test(output, count, into);
  }

  private void test(int output, int count, Buffer cells) {
    long row = first + (long) output * layer.inputs();
    int left = count;
    for (int s = 0; s < cuts.size(); s++) {
      left = kept(flows.get(s), cuts.get(s), output, row, cells, left);
    }
    cells.count = left;
  }

  private static int kept(Flow flow, Cut cut, int output, long row, Buffer cells, int count) {
    double[] in = flow.input();
    double out = flow.output()[output];
    int[] inputs = cells.input;
    float[] magnitudes = cells.magnitude;
    int bound = cut.score();
    int left = 0;
    for (int k = 0; k < count; k++) {
      int input = inputs[k];
      float magnitude = magnitudes[k];
      int score = Flow.score(magnitude, in[input], out);
      inputs[left] = input;
      magnitudes[left] = magnitude;
      // one test is enough for nearly all
      left += score > bound || (score == bound && row + input <= cut.last()) ? 1 : 0;
    }
    return left;
  }

  private int lowerBound(int output, int input) {
    int low = start[output];
    int high = end[output];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (column.get(middle) < input) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Stores who is left, so that earlier rounds can be forgotten. */
  void store(WorkerTeam team, Buffer[] buffers) {
    if (!stored) {
      makeRoom(team, buffers);
    }
    int[] ends = new int[layer.outputs()];
    Ints inputs = column;
    Floats weights = magnitude;
    rows(
        team,
        (output, worker) -> {
          Buffer buffer = buffers[worker];
          int at = start[output];
          for (int piece = 0; piece < pieces(output); piece++) {
            read(output, piece, buffer);
            // never ahead of what is still to be read
            MemorySegment.copy(buffer.input, 0, inputs.segment(), JAVA_INT, 4L * at, buffer.count);
            MemorySegment.copy(
                buffer.magnitude, 0, weights.segment(), JAVA_FLOAT, 4L * at, buffer.count);
            at += buffer.count;
          }
          ends[output] = at;
        });
    keep(start, ends, inputs, weights);
    flows.clear();
    cuts.clear();
  }

  private void makeRoom(WorkerTeam team, Buffer[] buffers) {
    int[] counts = new int[layer.outputs()];
    rows(
        team,
        (output, worker) -> {
          for (int piece = 0; piece < pieces(output); piece++) {
            read(output, piece, buffers[worker]);
            counts[output] += buffers[worker].count;
          }
        });
    start = new int[layer.outputs() + 1];
    for (int j = 0; j < layer.outputs(); j++) {
      start[j + 1] = Math.addExact(start[j], counts[j]);
    }
    column = new Ints(start[layer.outputs()]);
    magnitude = new Floats(start[layer.outputs()]);
  }

  /** What is done with a row. */
  private interface Row {
    void run(int output, int worker);
  }

  private void rows(WorkerTeam team, Row task) {
    team.run(
        Math.ceilDiv(layer.outputs(), ROWS),
        (part, worker) -> {
          int to = Math.min(layer.outputs(), (part + 1) * ROWS);
          for (int j = part * ROWS; j < to; j++) {
            task.run(j, worker);
          }
        });
  }
}
