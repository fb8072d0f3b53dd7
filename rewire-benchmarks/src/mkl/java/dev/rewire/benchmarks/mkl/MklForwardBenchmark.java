package dev.rewire.benchmarks.mkl;

import dev.rewire.benchmarks.SparseLayer;
import dev.rewire.kernel.KernelProvider;
import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.mkl.global.mkl_rt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Both products of a sparse layer against {@code mkl_sparse_s_mm} in CSR, one thread each, on the
 * same memory. MKL adds no bias.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 15, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls setUp.
public class MklForwardBenchmark {
  /** Inputs and outputs. */
  @Param({"784x1000", "1000x1000", "3000x3000"})
  public String layer;

  /** Connections for each neuron of both sides. */
  @Param("20")
  public int epsilon;

  /** Samples. */
  @Param("128")
  public int batch;

  private SparseLayer s;
  private Kernels k;
  private Floats zeros;
  private int width;

  private MklMatrix plain;
  private MklMatrix optimized;
  private MklMatrix transposing;
  private MklMatrix transposingOptimized;
  private FloatPointer x;
  private FloatPointer y;
  private FloatPointer d;
  private FloatPointer dx;

  /** Draws the layer and compares the results of all products. */
  @Setup
  public void setUp() {
    mkl_rt.MKL_Set_Num_Threads(1);
    s = SparseLayer.random(layer, epsilon, batch);
    k = KernelProvider.get();
    zeros = new Floats(s.outputs());
    width = s.x().stride();
    if (width != batch) {
      throw new IllegalStateException("batch must be a multiple of " + Activations.LANES);
    }

    plain = matrix(false);
    optimized = matrix(false).optimize(batch);
    transposing = matrix(true);
    transposingOptimized = matrix(true).optimize(batch);
    x = MklMatrix.pointer(s.x());
    y = MklMatrix.pointer(s.y());
    d = MklMatrix.pointer(s.d());
    dx = MklMatrix.pointer(s.dx());

    forward();
    float[] outputs = s.y().values().toArray();
    compare("forward", this::mklForward, outputs, s.y());
    compare("forward, optimized", this::mklForwardOptimized, outputs, s.y());
    inputGradient();
    float[] gradient = s.dx().values().toArray();
    compare("transposed", this::mklInputGradient, gradient, s.dx());
    compare("transposed, optimized", this::mklInputGradientOptimized, gradient, s.dx());
  }

  private MklMatrix matrix(boolean transposed) {
    return new MklMatrix(s.outputs(), s.inputs(), s.rowStart(), s.column(), s.weight(), transposed);
  }

  private static void compare(String what, Runnable product, float[] expected, Activations actual) {
    actual.values().clear();
    product.run();
    for (int i = 0; i < expected.length; i++) {
      float value = actual.values().get(i);
      if (!(Math.abs(expected[i] - value) <= 1e-4f * Math.max(1f, Math.abs(expected[i])))) {
        throw new IllegalStateException(
            what + ", element " + i + ": ours " + expected[i] + ", MKL " + value);
      }
    }
  }

  /** Gives the matrices back. */
  @TearDown
  public void tearDown() {
    plain.close();
    optimized.close();
    transposing.close();
    transposingOptimized.close();
  }

  /** Ours, outputs from inputs. */
  @Benchmark
  public void forward() {
    k.gather(s.rowStart(), s.column(), s.weight(), zeros, s.x(), s.y(), width, 0, s.outputs());
  }

  /** MKL, outputs from inputs. */
  @Benchmark
  public void mklForward() {
    plain.multiply(x, y, batch);
  }

  /** MKL after {@code mkl_sparse_optimize}: frozen weights. */
  @Benchmark
  public void mklForwardOptimized() {
    optimized.multiply(x, y, batch);
  }

  /** Ours, gradient of the inputs through the transposed index. */
  @Benchmark
  public void inputGradient() {
    k.gatherTransposed(
        s.start(), s.target(), s.edge(), s.weight(), s.d(), s.dx(), width, 0, s.inputs());
  }

  /** MKL, gradient of the inputs with its transposed operation. */
  @Benchmark
  public void mklInputGradient() {
    transposing.multiply(d, dx, batch);
  }

  /** The same after {@code mkl_sparse_optimize}: a transposed copy with frozen weights. */
  @Benchmark
  public void mklInputGradientOptimized() {
    transposingOptimized.multiply(d, dx, batch);
  }

  /**
   * The same when the weights have changed, as they have after every training step: a new matrix,
   * optimized, one product.
   */
  @Benchmark
  public void mklInputGradientRefreshed() {
    try (MklMatrix fresh = matrix(true).optimize(batch)) {
      fresh.multiply(d, dx, batch);
    }
  }
}
