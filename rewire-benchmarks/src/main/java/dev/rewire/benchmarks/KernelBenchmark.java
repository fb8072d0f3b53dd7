package dev.rewire.benchmarks;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.kernel.Kernels;
import dev.rewire.kernel.SgdStep;
import dev.rewire.memory.Floats;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** The three passes of a sparse layer, one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 15, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls setUp.
public class KernelBenchmark {
  /** Connections whose gradients are in the cache between the two halves of an update. */
  private static final int CHUNK = 2048;

  /** A rate so small that weights stay what they are, however long it takes. */
  private static final SgdStep STEP = new SgdStep(1e-12f, 0.9f, 1f, false, 0f, 0f, 0f);

  /** Inputs and outputs. */
  @Param({"784x1000", "1000x1000", "3000x3000", "30000x30000"})
  public String layer;

  /** Connections for each neuron of both sides. */
  @Param("20")
  public int epsilon;

  /** Samples. */
  @Param("128")
  public int batch;

  /** Which implementation. */
  @Param({"vector", "scalar"})
  public String kernels;

  private SparseLayer s;
  private Kernels k;
  private Floats gradient;
  private final Floats scratch = new Floats(Kernels.SCRATCH);
  private int width;

  /** Draws the layer. */
  @Setup
  public void setUp() {
    s = SparseLayer.random(layer, epsilon, batch);
    k = kernels.equals("scalar") ? KernelProvider.scalar() : KernelProvider.get();
    if (!k.name().startsWith(kernels)) {
      throw new IllegalStateException(kernels + " kernels are not to be had here: " + k.name());
    }
    gradient = new Floats(CHUNK);
    width = s.x().stride();
  }

  /** Outputs from inputs. */
  @Benchmark
  public void forward() {
    k.gather(s.rowStart(), s.column(), s.weight(), s.bias(), s.x(), s.y(), width, 0, s.outputs());
  }

  /** Gradient of the inputs from the gradient of the outputs. */
  @Benchmark
  public void inputGradient() {
    k.gatherTransposed(
        s.start(), s.target(), s.edge(), s.weight(), s.d(), s.dx(), width, 0, s.inputs());
  }

  /** Gradient of the weights and a step of momentum, some connections at a time. */
  @Benchmark
  public void weightGradientAndUpdate() {
    int connections = (int) s.column().length();
    int row = 0;
    for (int e = 0; e < connections; e += CHUNK) {
      int end = Math.min(e + CHUNK, connections);
      while (s.rowStart().get(row + 1) <= e) {
        row++;
      }
      k.products(s.rowStart(), s.column(), s.x(), s.d(), width, row, e, end, gradient, scratch);
      k.sgd(gradient, s.weight(), s.velocity(), e, end, STEP);
    }
  }
}
