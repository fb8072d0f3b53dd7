package dev.rewire.saliency;

import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a layer that are left after some rounds of SynFlow. As long as these are many, they
 * are not stored: whoever asks is given those cells that pass the cuts of all rounds, which is
 * computed again from what flowed then. Later they are a sparse graph.
 */
final class Survivors {
  /** Inputs that are looked at together. */
  static final int CHUNK = 512;

  private static final int ROWS = 16;

  private final ImplicitLayer layer;

  /** The number of the first cell among those of all layers. */
  private final long first;

  private @Nullable Topology stored;

  /** Absolute weights of what is stored. */
  private Floats magnitude = new Floats(0);

  /** Rounds whose cuts were not yet applied to what is stored. */
  private final List<Flow> flows = new ArrayList<>();

  private final List<Cut> cuts = new ArrayList<>();

  /** Some cells of a row. */
  static final class Buffer {
    final int[] input = new int[CHUNK];
    final double[] magnitude = new double[CHUNK];
    int count;
  }

  /**
   * Begins with all cells, or with some.
   *
   * @param layer the weights
   * @param first number of the first cell among those of all layers
   * @param stored the cells to begin with, or null for all
   * @param team computes their weights
   */
  Survivors(ImplicitLayer layer, long first, @Nullable Topology stored, WorkerTeam team) {
    this.layer = layer;
    this.first = first;
    this.stored = stored;
    if (stored != null) {
      magnitude = layer.weights(stored, team);
      for (long e = 0; e < magnitude.length(); e++) {
        magnitude.set(e, Math.abs(magnitude.get(e)));
      }
    }
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

  /**
   * Finds the survivors in a part of a row.
   *
   * @param output the row
   * @param chunk number of the part, {@link #CHUNK} inputs each
   * @param into their inputs, ascending, and absolute weights
   */
  void read(int output, int chunk, Buffer into) {
    int from = chunk * CHUNK;
    int to = Math.min(layer.inputs(), from + CHUNK);
    int[] inputs = into.input;
    double[] magnitudes = into.magnitude;
    long row = (long) output * layer.inputs();
    int count = 0;
    Topology graph = stored;
    if (graph == null) {
      for (int i = from; i < to; i++) {
        inputs[count] = i;
        magnitudes[count++] = Math.abs(layer.weight(row + i));
      }
    } else {
      Ints column = graph.column();
      Floats magnitude = this.magnitude;
      int end = graph.rowStart().get(output + 1L);
      int e = graph.rowStart().get(output);
      for (e = from == 0 ? e : lowerBound(column, e, end, from); e < end; e++) {
        int input = column.get(e);
        if (input >= to) {
          break;
        }
        inputs[count] = input;
        magnitudes[count++] = magnitude.get(e);
      }
    }
    for (int s = 0; s < cuts.size(); s++) {
      count = kept(flows.get(s), cuts.get(s), output, first + row, into, count);
    }
    into.count = count;
  }

  private static int kept(Flow flow, Cut cut, int output, long row, Buffer cells, int count) {
    double[] in = flow.input();
    double out = flow.output()[output];
    int[] inputs = cells.input;
    double[] magnitudes = cells.magnitude;
    int bound = cut.score();
    int left = 0;
    for (int k = 0; k < count; k++) {
      int input = inputs[k];
      double magnitude = magnitudes[k];
      int score = Flow.score(magnitude, in[input], out);
      inputs[left] = input;
      magnitudes[left] = magnitude;
      // one test is enough for nearly all
      left += score > bound || (score == bound && row + input <= cut.last()) ? 1 : 0;
    }
    return left;
  }

  private static int lowerBound(Ints column, int from, int to, int input) {
    int low = from;
    int high = to;
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

  /** Parts of a row. */
  int chunks() {
    return Math.ceilDiv(layer.inputs(), CHUNK);
  }

  /** Stores who is left, so that earlier rounds can be forgotten. */
  void store(WorkerTeam team, Buffer[] buffers) {
    Ints rowStart = new Ints(layer.outputs() + 1L);
    int parts = Math.ceilDiv(layer.outputs(), ROWS);
    team.run(
        parts,
        (part, worker) -> {
          for (int j = part * ROWS; j < Math.min(layer.outputs(), (part + 1) * ROWS); j++) {
            int count = 0;
            for (int c = 0; c < chunks(); c++) {
              read(j, c, buffers[worker]);
              count += buffers[worker].count;
            }
            rowStart.set(j + 1L, count);
          }
        });
    for (int j = 0; j < layer.outputs(); j++) {
      rowStart.set(j + 1L, Math.addExact(rowStart.get(j), rowStart.get(j + 1L)));
    }
    Ints column = new Ints(rowStart.get(layer.outputs()));
    Floats magnitudes = new Floats(column.length());
    team.run(
        parts,
        (part, worker) -> {
          for (int j = part * ROWS; j < Math.min(layer.outputs(), (part + 1) * ROWS); j++) {
            int at = rowStart.get(j);
            for (int c = 0; c < chunks(); c++) {
              read(j, c, buffers[worker]);
              for (int k = 0; k < buffers[worker].count; k++) {
                column.set(at, buffers[worker].input[k]);
                magnitudes.set(at++, (float) buffers[worker].magnitude[k]);
              }
            }
          }
        });
    stored = new Topology(layer.inputs(), layer.outputs(), rowStart, column);
    magnitude = magnitudes;
    flows.clear();
    cuts.clear();
  }
}
