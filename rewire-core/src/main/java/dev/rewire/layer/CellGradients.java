package dev.rewire.layer;

import dev.rewire.kernel.SparseInput;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.memory.Scratch;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.topology.CellList;
import dev.rewire.topology.Topology;

/** The gradient of cells that are listed row by row, in time proportional to them. */
final class CellGradients {
  private static final int NARROW = 1 << 14;

  private final Compute compute;

  CellGradients(Compute compute) {
    this.compute = compute;
  }

  /** Of cells {@code output * inputs + input}, ascending. */
  void of(Signals.Batch batch, CellList cells, Floats out) {
    int count = Math.toIntExact(cells.size());
    int outputs = batch.gradient().units();
    long inputs = batch.inputs();
    WorkerTeam team = compute.team();
    try (Scratch rows = new Scratch();
        Scratch columns = new Scratch()) {
      Ints rowStart =
          Ints.view(rows.reserve((outputs + 1L) * Integer.BYTES).asSlice(0, (outputs + 1L) * 4));
      Ints column = Ints.view(columns.reserve((long) count * Integer.BYTES).asSlice(0, count * 4L));
      int parts = parts(outputs);
      team.run(
          parts,
          (part, worker) -> {
            int to = from(outputs + 1, part + 1, parts);
            for (int j = from(outputs + 1, part, parts); j < to; j++) {
              rowStart.set(j, (int) cells.lowerBound(j * inputs));
            }
          });
      int pieces = parts(count);
      team.run(
          pieces,
          (piece, worker) -> {
            int to = from(count, piece + 1, pieces);
            for (int k = from(count, piece, pieces); k < to; k++) {
              column.set(k, (int) (cells.get(k) % inputs));
            }
          });
      products(batch, rowStart, column, count, out, false);
    }
  }

  private static int parts(int count) {
    return Math.max(1, Math.ceilDiv(count, NARROW));
  }

  private static int from(int count, int part, int parts) {
    return part == parts ? count : part * NARROW;
  }

  /** Of all connections of some rows; added to what is there if there is {@code more}. */
  void products(
      Signals.Batch batch, Ints rowStart, Ints column, int count, Floats out, boolean more) {
    int parts = parts(count);
    float[][] scratch = new float[compute.team().threads()][];
    compute
        .team()
        .run(
            parts,
            (part, worker) -> {
              int from = from(count, part, parts);
              int to = from(count, part + 1, parts);
              if (batch.sparse() != null && scratch[worker] == null) {
                scratch[worker] = new float[SparseInput.scratch(batch.gradient().samples())];
              }
              Floats chunk = compute.chunk(worker, Compute.CHUNK);
              products(batch, rowStart, column, from, to, chunk, scratch[worker], worker);
              if (more) {
                add(chunk, out, from, to);
              } else {
                out.copy(chunk, 0, from, to - from);
              }
            });
  }

  private void products(
      Signals.Batch batch,
      Ints rowStart,
      Ints column,
      int from,
      int to,
      Floats chunk,
      float[] scratch,
      int worker) {
    if (from == to) {
      return;
    }
    int row = Topology.row(rowStart, from);
    Activations in = batch.in();
    if (batch.sparse() != null) {
      SparseInput.products(
          rowStart,
          column,
          batch.sparse(),
          batch.gradient(),
          batch.tiles(),
          row,
          from,
          to,
          chunk,
          scratch);
    }
    for (int tile = 0; in != null && tile < batch.tiles(); tile++) {
      compute
          .kernels()
          .products(
              rowStart,
              column,
              in,
              batch.gradient(),
              tile,
              row,
              from,
              to,
              chunk,
              tile > 0,
              compute.scratch(worker));
    }
  }

  private static void add(Floats chunk, Floats out, int from, int to) {
    for (int e = from; e < to; e++) {
      out.set(e, out.get(e) + chunk.get(e - from));
    }
  }
}
