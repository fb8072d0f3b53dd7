package dev.rewire.benchmarks.peers;

import dev.rewire.benchmarks.Connections;
import dev.rewire.benchmarks.LayerProblem;
import dev.rewire.benchmarks.Reference;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.mkl.global.mkl_rt;

/** Both products of a sparse layer by {@code mkl_sparse_s_mm} in CSR. MKL adds no bias. */
final class MklSparse implements Peer {
  private final LayerProblem problem;
  private final Reference reference;
  private final Ints rowStart;
  private final Ints column;
  private final Floats weight;
  private final Floats y;
  private final Floats dx;
  private final FloatPointer xPointer;
  private final FloatPointer yPointer;
  private final FloatPointer dPointer;
  private final FloatPointer dxPointer;
  private final MklMatrix plain;
  private final MklMatrix optimized;
  private final MklMatrix transposing;
  private final MklMatrix transposingOptimized;

  MklSparse(LayerProblem problem, Reference reference, int threads) {
    mkl_rt.MKL_Set_Num_Threads(threads);
    this.problem = problem;
    this.reference = reference;
    Connections c = problem.connections();
    rowStart = Ints.of(c.rowStart());
    column = Ints.of(c.column());
    weight = Floats.of(c.weight());
    y = new Floats(problem.d().length);
    dx = new Floats(problem.x().length);
    xPointer = MklMatrix.pointer(Floats.of(problem.x()));
    dPointer = MklMatrix.pointer(Floats.of(problem.d()));
    yPointer = MklMatrix.pointer(y);
    dxPointer = MklMatrix.pointer(dx);
    plain = matrix(false);
    optimized = matrix(false).optimize(problem.batch());
    transposing = matrix(true);
    transposingOptimized = matrix(true).optimize(problem.batch());
  }

  private MklMatrix matrix(boolean transposed) {
    Connections c = problem.connections();
    return new MklMatrix(c.outputs(), c.inputs(), rowStart, column, weight, transposed);
  }

  @Override
  public List<Product> products() {
    return List.of(
        forward("forward", () -> plain.multiply(xPointer, yPointer, problem.batch())),
        forward("forward, frozen", () -> optimized.multiply(xPointer, yPointer, problem.batch())),
        gradient(
            "input gradient", () -> transposing.multiply(dPointer, dxPointer, problem.batch())),
        gradient(
            "input gradient, frozen",
            () -> transposingOptimized.multiply(dPointer, dxPointer, problem.batch())),
        gradient("input gradient, refreshed", this::refreshedGradient));
  }

  private Product forward(String name, Runnable work) {
    int batch = problem.batch();
    return new Product(
        name, work, () -> reference.checkForward((j, b) -> y.get((long) j * batch + b)));
  }

  private Product gradient(String name, Runnable work) {
    int batch = problem.batch();
    return new Product(
        name, work, () -> reference.checkInputGradient((i, b) -> dx.get((long) i * batch + b)));
  }

  /** As weights are after every training step: changed, so a new matrix for one product. */
  private void refreshedGradient() {
    try (MklMatrix fresh = matrix(true).optimize(problem.batch())) {
      fresh.multiply(dPointer, dxPointer, problem.batch());
    }
  }

  @Override
  public void close() {
    plain.close();
    optimized.close();
    transposing.close();
    transposingOptimized.close();
  }
}
