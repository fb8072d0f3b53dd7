package dev.rewire.benchmarks;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whether narrower indices are faster: the forward loop for two and for eight samples, where index
 * and weight are most of the traffic, with columns of 32 bits, of 16 bits, and of 16 bits that are
 * added up to the column (differences). A layer of 50,000 inputs, the most that 16 bits reach, with
 * 40 connections an output.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(IndexWidthBenchmark.CONNECTIONS)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls setUp.
public class IndexWidthBenchmark {
  static final int CONNECTIONS = 2_000_000;

  private static final int INPUTS = 50_000;
  private static final int FAN_IN = 40;
  private static final VectorSpecies<Float> TWO = FloatVector.SPECIES_64;
  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private MemorySegment ints;
  private MemorySegment shorts;
  private MemorySegment differences;
  private MemorySegment weights;
  private MemorySegment in;
  private MemorySegment out;

  /** Samples of a batch. */
  @Param({"2", "8"})
  public int batch;

  /** Draws the layer. */
  @Setup
  public void setUp() {
    Arena arena = Arena.ofAuto();
    ints = arena.allocate(4L * CONNECTIONS, 64);
    shorts = arena.allocate(2L * CONNECTIONS, 64);
    differences = arena.allocate(2L * CONNECTIONS, 64);
    weights = arena.allocate(4L * CONNECTIONS, 64);
    in = arena.allocate(4L * batch * INPUTS, 64);
    out = arena.allocate(4L * batch * CONNECTIONS / FAN_IN, 64);
    SplittableRandom random = new SplittableRandom(1);
    int[] row = new int[FAN_IN];
    for (int first = 0; first < CONNECTIONS; first += FAN_IN) {
      Arrays.setAll(row, k -> random.nextInt(INPUTS));
      Arrays.sort(row);
      for (int k = 0; k < FAN_IN; k++) {
        ints.setAtIndex(JAVA_INT, first + k, row[k]);
        shorts.setAtIndex(JAVA_SHORT, first + k, (short) row[k]);
        int difference = k == 0 ? row[0] : row[k] - row[k - 1];
        differences.setAtIndex(JAVA_SHORT, first + k, (short) difference);
        weights.setAtIndex(JAVA_FLOAT, first + k, random.nextFloat());
      }
    }
    for (long i = 0; i < in.byteSize() / 4; i++) {
      in.setAtIndex(JAVA_FLOAT, i, random.nextFloat());
    }
  }

  /** Columns as Rewire has them. */
  @Benchmark
  public void bits32() {
    if (batch == 2) {
      for (int first = 0; first < CONNECTIONS; first += FAN_IN) {
        MemorySegment c = ints.asSlice(first * 4L, FAN_IN * 4L);
        MemorySegment w = weights.asSlice(first * 4L, FAN_IN * 4L);
        FloatVector sum = FloatVector.zero(TWO);
        for (int k = 0; k < FAN_IN; k++) {
          sum = two(c.getAtIndex(JAVA_INT, k), w.getAtIndex(JAVA_FLOAT, k), sum);
        }
        sum.intoMemorySegment(out, first / FAN_IN * 8L, ORDER);
      }
    } else {
      for (int first = 0; first < CONNECTIONS; first += FAN_IN) {
        MemorySegment c = ints.asSlice(first * 4L, FAN_IN * 4L);
        MemorySegment w = weights.asSlice(first * 4L, FAN_IN * 4L);
        FloatVector sum = FloatVector.zero(EIGHT);
        for (int k = 0; k < FAN_IN; k++) {
          sum = eight(c.getAtIndex(JAVA_INT, k), w.getAtIndex(JAVA_FLOAT, k), sum);
        }
        sum.intoMemorySegment(out, first / FAN_IN * 32L, ORDER);
      }
    }
  }

  /** Columns below 65,536. */
  @Benchmark
  public void bits16() {
    if (batch == 2) {
      for (int first = 0; first < CONNECTIONS; first += FAN_IN) {
        MemorySegment c = shorts.asSlice(first * 2L, FAN_IN * 2L);
        MemorySegment w = weights.asSlice(first * 4L, FAN_IN * 4L);
        FloatVector sum = FloatVector.zero(TWO);
        for (int k = 0; k < FAN_IN; k++) {
          int column = Short.toUnsignedInt(c.getAtIndex(JAVA_SHORT, k));
          sum = two(column, w.getAtIndex(JAVA_FLOAT, k), sum);
        }
        sum.intoMemorySegment(out, first / FAN_IN * 8L, ORDER);
      }
    } else {
      for (int first = 0; first < CONNECTIONS; first += FAN_IN) {
        MemorySegment c = shorts.asSlice(first * 2L, FAN_IN * 2L);
        MemorySegment w = weights.asSlice(first * 4L, FAN_IN * 4L);
        FloatVector sum = FloatVector.zero(EIGHT);
        for (int k = 0; k < FAN_IN; k++) {
          int column = Short.toUnsignedInt(c.getAtIndex(JAVA_SHORT, k));
          sum = eight(column, w.getAtIndex(JAVA_FLOAT, k), sum);
        }
        sum.intoMemorySegment(out, first / FAN_IN * 32L, ORDER);
      }
    }
  }

  /** Differences of 16 bits, which work for layers of any width that is not too sparse. */
  @Benchmark
  public void difference16() {
    if (batch == 2) {
      for (int first = 0; first < CONNECTIONS; first += FAN_IN) {
        MemorySegment c = differences.asSlice(first * 2L, FAN_IN * 2L);
        MemorySegment w = weights.asSlice(first * 4L, FAN_IN * 4L);
        FloatVector sum = FloatVector.zero(TWO);
        int column = 0;
        for (int k = 0; k < FAN_IN; k++) {
          column += Short.toUnsignedInt(c.getAtIndex(JAVA_SHORT, k));
          sum = two(column, w.getAtIndex(JAVA_FLOAT, k), sum);
        }
        sum.intoMemorySegment(out, first / FAN_IN * 8L, ORDER);
      }
    } else {
      for (int first = 0; first < CONNECTIONS; first += FAN_IN) {
        MemorySegment c = differences.asSlice(first * 2L, FAN_IN * 2L);
        MemorySegment w = weights.asSlice(first * 4L, FAN_IN * 4L);
        FloatVector sum = FloatVector.zero(EIGHT);
        int column = 0;
        for (int k = 0; k < FAN_IN; k++) {
          column += Short.toUnsignedInt(c.getAtIndex(JAVA_SHORT, k));
          sum = eight(column, w.getAtIndex(JAVA_FLOAT, k), sum);
        }
        sum.intoMemorySegment(out, first / FAN_IN * 32L, ORDER);
      }
    }
  }

  private FloatVector two(int column, float weight, FloatVector sum) {
    FloatVector w = FloatVector.broadcast(TWO, weight);
    return FloatVector.fromMemorySegment(TWO, in, column * 8L, ORDER).fma(w, sum);
  }

  private FloatVector eight(int column, float weight, FloatVector sum) {
    FloatVector w = FloatVector.broadcast(EIGHT, weight);
    return FloatVector.fromMemorySegment(EIGHT, in, column * 32L, ORDER).fma(w, sum);
  }
}
