package dev.rewire.benchmarks;

import dev.rewire.kernel.KernelProvider;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The three passes of a sparse layer in JMH, for its profilers. */
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
  /** Inputs and outputs. */
  @Param({"784x1000", "1000x1000", "3000x3000", "30000x30000"})
  public String layer;

  /** Of the library. */
  @Param("1")
  public int threads;

  /** Which implementation. */
  @Param({"vector", "scalar"})
  public String kernels;

  private RewireLayer rewire;

  /** Draws the layer. */
  @Setup
  public void setUp() {
    rewire =
        new RewireLayer(
            LayerProblem.random(layer),
            threads,
            kernels.equals("scalar") ? KernelProvider.scalar() : KernelProvider.get());
    rewire.check();
  }

  /** Ends its threads. */
  @TearDown
  public void tearDown() {
    rewire.close();
  }

  /** Outputs from inputs. */
  @Benchmark
  public void forward() {
    rewire.forward();
  }

  /** Gradient of the inputs from the gradient of the outputs. */
  @Benchmark
  public void inputGradient() {
    rewire.inputGradient();
  }

  /** Gradient of the weights and a step of momentum. */
  @Benchmark
  public void weightGradientAndUpdate() {
    rewire.update();
  }
}
