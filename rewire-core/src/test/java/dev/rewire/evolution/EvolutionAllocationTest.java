package dev.rewire.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rewire.layer.SparseLayer;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.testing.ChildJvm;
import dev.rewire.testing.Layers;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An evolution allocates a handful of objects, a topology and some views, however large the layer:
 * nothing on the heap and nothing outside it is as long as the layer. In a JVM of its own.
 */
class EvolutionAllocationTest {
  private static final int HANDFUL = 8192;

  @ParameterizedTest
  @CsvSource({"1, 100", "2, 100", "1, 400", "2, 400"})
  void aFewObjects(String threads, String neurons) {
    ChildJvm.Output output =
        ChildJvm.run(
            Evolutions.class, List.of("--add-modules=jdk.incubator.vector"), threads, neurons);
    assertThat(output.lines()).as(output.errors()).hasSize(2);
    assertThat(Long.parseLong(output.lines().get(0))).as("bytes").isLessThan(HANDFUL);
    assertThat(output.lines().get(1)).as("workspace grew").isEqualTo("false");
  }

  /** Evolves a layer until that allocates little, and prints what the best evolution took. */
  public static final class Evolutions {
    private static final int MOST = 3000;

    private Evolutions() {}

    /** See the class. */
    public static void main(String[] args) {
      int neurons = Integer.parseInt(args[1]);
      SparseLayer layer = Layers.random(neurons, neurons, 0.5, 1);
      Evolution set = Evolution.set(0.3);
      RandomStreams streams = new RandomStreams(1);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long least = Long.MAX_VALUE;
      try (WorkerTeam team = new WorkerTeam(Integer.parseInt(args[0]));
          EvolutionWorkspace workspace = new EvolutionWorkspace(team)) {
        workspace.reserve(layer.topology().connections(), neurons);
        set.evolve(layer, 0.3, Moment.START, 0, streams, workspace);
        long bytes = 0;
        for (int update = 1; update < MOST && least > HANDFUL / 2; update++) {
          train(layer, update);
          long before = threads.getTotalThreadAllocatedBytes();
          set.evolve(layer, 0.3, Moment.START, update, streams, workspace);
          least = Math.min(least, threads.getTotalThreadAllocatedBytes() - before);
          bytes = bytes == 0 ? workspace.bytes() : bytes;
        }
        System.out.println(least);
        System.out.println(workspace.bytes() > bytes + bytes / 10);
      }
    }

    /** Newcomers get weights of their own, or they would all go again, and more each time. */
    private static void train(SparseLayer layer, int seed) {
      for (int e = 0; e < layer.weight().length(); e++) {
        layer.weight().set(e, (int) RandomStreams.mix(seed * 1_000_000L + e));
      }
    }
  }
}
