package dev.rewire.benchmarks.peers;

import dev.rewire.benchmarks.Connections;
import dev.rewire.benchmarks.LayerProblem;
import dev.rewire.benchmarks.Reference;
import dev.rewire.memory.Floats;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.mkl.global.mkl_rt;

/** The three products with all zeros of the matrix, by MKL's SGEMM. MKL adds no bias. */
final class MklDense implements Peer {
  /** So small that weights stay what they are. */
  private static final float RATE = 1e-12f;

  private final Reference reference;
  private final Connections c;
  private final int batch;
  private final Floats y;
  private final Floats dx;
  private final Floats velocity;
  private final FloatPointer weightPointer;
  private final FloatPointer velocityPointer;
  private final FloatPointer xPointer;
  private final FloatPointer yPointer;
  private final FloatPointer dPointer;
  private final FloatPointer dxPointer;

  MklDense(LayerProblem problem, Reference reference, int threads) {
    mkl_rt.MKL_Set_Num_Threads(threads);
    this.reference = reference;
    c = problem.connections();
    batch = problem.batch();
    y = new Floats(problem.d().length);
    dx = new Floats(problem.x().length);
    Floats weight = Floats.of(c.dense());
    velocity = new Floats(weight.length());
    weightPointer = MklMatrix.pointer(weight);
    velocityPointer = MklMatrix.pointer(velocity);
    xPointer = MklMatrix.pointer(Floats.of(problem.x()));
    dPointer = MklMatrix.pointer(Floats.of(problem.d()));
    yPointer = MklMatrix.pointer(y);
    dxPointer = MklMatrix.pointer(dx);
  }

  @Override
  public List<Product> products() {
    return List.of(
        new Product(
            "forward",
            this::forward,
            () -> reference.checkForward((j, b) -> y.get((long) j * batch + b))),
        new Product(
            "input gradient",
            this::inputGradient,
            () -> reference.checkInputGradient((i, b) -> dx.get((long) i * batch + b))),
        new Product("weight gradient", this::update, this::checkUpdate));
  }

  private void forward() {
    mkl_rt.cblas_sgemm(
        mkl_rt.CblasRowMajor,
        mkl_rt.CblasNoTrans,
        mkl_rt.CblasNoTrans,
        c.outputs(),
        batch,
        c.inputs(),
        1f,
        weightPointer,
        c.inputs(),
        xPointer,
        batch,
        0f,
        yPointer,
        batch);
  }

  private void inputGradient() {
    mkl_rt.cblas_sgemm(
        mkl_rt.CblasRowMajor,
        mkl_rt.CblasTrans,
        mkl_rt.CblasNoTrans,
        c.inputs(),
        batch,
        c.outputs(),
        1f,
        weightPointer,
        c.inputs(),
        dPointer,
        batch,
        0f,
        dxPointer,
        batch);
  }

  /** The product goes straight into the velocity, so that no gradient is stored. */
  private void update() {
    mkl_rt.cblas_sgemm(
        mkl_rt.CblasRowMajor,
        mkl_rt.CblasNoTrans,
        mkl_rt.CblasTrans,
        c.outputs(),
        c.inputs(),
        batch,
        1f,
        dPointer,
        batch,
        xPointer,
        batch,
        0.9f,
        velocityPointer,
        c.inputs());
    mkl_rt.cblas_saxpy(c.outputs() * c.inputs(), -RATE, velocityPointer, 1, weightPointer, 1);
  }

  /** After the first step the velocity is the gradient. */
  private void checkUpdate() {
    int[] rowOf = new int[c.count()];
    for (int j = 0; j < c.outputs(); j++) {
      Arrays.fill(rowOf, c.rowStart()[j], c.rowStart()[j + 1], j);
    }
    reference.checkWeightGradient(
        (e, sample) -> velocity.get((long) rowOf[e] * c.inputs() + c.column()[e]));
  }

  @Override
  public void close() {}
}
