package dev.rewire.benchmarks.peers;

import dev.rewire.benchmarks.Connections;
import dev.rewire.benchmarks.LayerProblem;
import dev.rewire.benchmarks.Reference;
import java.util.Arrays;
import java.util.List;
import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.FGrowArray;
import org.ejml.data.FMatrixRMaj;
import org.ejml.data.FMatrixSparseCSC;
import org.ejml.sparse.csc.CommonOps_FSCC;
import org.ejml.sparse.csc.CommonOps_MT_FSCC;
import pabeles.concurrency.GrowArray;

/** Both products of a sparse layer by EJML's CSC matrices; it has none for the weight gradient. */
final class EjmlSparse implements Peer {
  private final Reference reference;
  private final int batch;
  private final boolean parallel;
  private final FMatrixSparseCSC weight;
  private final FMatrixRMaj x;
  private final FMatrixRMaj y;
  private final FMatrixRMaj d;
  private final FMatrixRMaj dx;
  private final FGrowArray work = new FGrowArray();
  private final GrowArray<FGrowArray> works = new GrowArray<>(FGrowArray::new);

  EjmlSparse(LayerProblem problem, Reference reference, int threads) {
    this.reference = reference;
    batch = problem.batch();
    parallel = threads > 1;
    EjmlConcurrency.setMaxThreads(threads);
    weight = csc(problem.connections());
    int inputs = weight.numCols;
    int outputs = weight.numRows;
    x = FMatrixRMaj.wrap(inputs, batch, problem.x());
    d = FMatrixRMaj.wrap(outputs, batch, problem.d());
    y = new FMatrixRMaj(outputs, batch);
    dx = new FMatrixRMaj(inputs, batch);
  }

  private static FMatrixSparseCSC csc(Connections c) {
    FMatrixSparseCSC matrix = new FMatrixSparseCSC(c.outputs(), c.inputs(), c.count());
    for (int input : c.column()) {
      matrix.col_idx[input + 1]++;
    }
    Arrays.parallelPrefix(matrix.col_idx, Integer::sum);
    int[] next = matrix.col_idx.clone();
    for (int j = 0; j < c.outputs(); j++) {
      for (int e = c.rowStart()[j]; e < c.rowStart()[j + 1]; e++) {
        int k = next[c.column()[e]]++;
        matrix.nz_rows[k] = j;
        matrix.nz_values[k] = c.weight()[e];
      }
    }
    matrix.nz_length = c.count();
    matrix.indicesSorted = true;
    return matrix;
  }

  @Override
  public List<Product> products() {
    return List.of(
        new Product(
            "forward", this::forward, () -> reference.checkForward((j, b) -> y.unsafe_get(j, b))),
        new Product(
            "input gradient",
            this::inputGradient,
            () -> reference.checkInputGradient((i, b) -> dx.unsafe_get(i, b))));
  }

  private void forward() {
    if (parallel) {
      CommonOps_MT_FSCC.mult(weight, x, y, works);
    } else {
      CommonOps_FSCC.mult(weight, x, y);
    }
  }

  private void inputGradient() {
    if (parallel) {
      CommonOps_MT_FSCC.multTransA(weight, d, dx, works);
    } else {
      CommonOps_FSCC.multTransA(weight, d, dx, work);
    }
  }

  @Override
  public void close() {}
}
