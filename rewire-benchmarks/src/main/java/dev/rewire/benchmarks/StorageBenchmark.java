package dev.rewire.benchmarks;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Floats;
import java.util.Arrays;
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

/**
 * What it is worth to keep everything in native memory, aligned to cache lines: the library's loops
 * against the same loops on Java arrays. Needs 512-bit vectors. Several JVMs, because where an
 * array lies in a cache line is a lottery that each of them draws once.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 5,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 4, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls setUp.
public class StorageBenchmark {
  /** Inputs and outputs. */
  @Param({"784x1000", "1000x1000", "3000x3000", "30000x30000"})
  public String layer;

  /** Connections for each neuron of both sides. */
  @Param("20")
  public int epsilon;

  /** Samples; the loops on arrays know only this number. */
  @Param("128")
  public int batch;

  private SparseLayer s;
  private Kernels k;
  private Floats gradient;
  private final Floats scratch = new Floats(Kernels.SCRATCH);

  private int[] rowStart;
  private int[] column;
  private float[] weight;
  private float[] bias;
  private float[] x;
  private float[] y;
  private float[] d;
  private float[] heapGradient;

  /** Draws the layer, copies it and checks that both storages give the same bits. */
  @Setup
  public void setUp() {
    s = SparseLayer.random(layer, epsilon, batch);
    k = KernelProvider.get();
    if (!k.name().equals("vector/512") || batch != 128) {
      throw new IllegalStateException(
          "needs 512-bit vectors and batch 128: " + k.name() + ", " + batch);
    }
    gradient = new Floats(s.weight().length());
    rowStart = s.rowStart().toArray();
    column = s.column().toArray();
    weight = s.weight().toArray();
    bias = s.bias().toArray();
    x = s.x().values().toArray();
    y = s.y().values().toArray();
    d = s.d().values().toArray();
    heapGradient = gradient.toArray();

    forward();
    forwardOnHeap();
    weightGradient();
    weightGradientOnHeap();
    if (!Arrays.equals(y, s.y().values().toArray())
        || !Arrays.equals(heapGradient, gradient.toArray())) {
      throw new IllegalStateException("the loops on arrays give other numbers");
    }
  }

  /** Outputs from inputs, native memory. */
  @Benchmark
  public void forward() {
    k.gather(s.rowStart(), s.column(), s.weight(), s.bias(), s.x(), s.y(), batch, 0, s.outputs());
  }

  /** Outputs from inputs, Java arrays. */
  @Benchmark
  public void forwardOnHeap() {
    HeapKernels.gather(rowStart, column, weight, bias, x, y, batch, s.outputs());
  }

  /** Gradient of the weights, native memory. */
  @Benchmark
  public void weightGradient() {
    k.products(
        s.rowStart(), s.column(), s.x(), s.d(), batch, 0, 0, column.length, gradient, scratch);
  }

  /** Gradient of the weights, Java arrays. */
  @Benchmark
  public void weightGradientOnHeap() {
    HeapKernels.products(rowStart, column, x, d, batch, s.outputs(), heapGradient);
  }
}
