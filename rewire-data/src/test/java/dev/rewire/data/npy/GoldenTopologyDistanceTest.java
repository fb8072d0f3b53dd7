package dev.rewire.data.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.data.SharedData;
import dev.rewire.data.array.ArrayEntry;
import dev.rewire.data.array.SparseMatrix;
import dev.rewire.measure.TopologyDistance;
import dev.rewire.model.Json;
import dev.rewire.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The networks that were published with NNSTD, and their distances. */
class GoldenTopologyDistanceTest {
  private static final int INPUTS = 784;

  private static List<Topology> network(String name) {
    Path folder = SharedData.golden("nnstd/" + name.replace("@", "/epoch_"));
    return IntStream.range(0, 4)
        .mapToObj(l -> layer(folder.resolve("weight_l" + l + ".npz")))
        .toList();
  }

  /** Rows are inputs, and the last one is the bias. */
  private static Topology layer(Path file) {
    SparseMatrix matrix =
        new Npz().open(file, entries -> ((ArrayEntry.Sparse) entries.getFirst()).reader().get());
    assertThat(matrix.rows()).isEqualTo(INPUTS + 1);
    LongStream.Builder cells = LongStream.builder();
    for (int i = 0; i < INPUTS; i++) {
      for (int k = (int) matrix.rowStart()[i]; k < matrix.rowStart()[i + 1]; k++) {
        if (matrix.value()[k] != 0) {
          cells.add((long) matrix.column()[k] * INPUTS + i);
        }
      }
    }
    return Topology.ofCells(INPUTS, matrix.columns(), cells.build().sorted().toArray());
  }

  @Test
  void publishedNetworksHaveTheirDistances() throws IOException {
    String text = Files.readString(SharedData.golden("nnstd/expected.json"));
    Map<?, ?> expected = (Map<?, ?>) Json.read(text);
    assertThat(expected).hasSize(6);
    expected.forEach((pair, numbers) -> {
      String[] names = pair.toString().split(" - ");
      double[] perLayer = TopologyDistance.of(network(names[0]), network(names[1])).perLayer();
      double[] wanted =
          ((List<?>) numbers).stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
      String says = pair + ": " + Arrays.toString(perLayer);
      assertThat(perLayer[0]).as(says).isCloseTo(wanted[0], within(1e-6));
      assertThat(perLayer[1]).as(says).isCloseTo(wanted[1], within(1e-6));
      assertThat(perLayer[2]).as(says).isCloseTo(wanted[2], within(1e-6));
      assertThat(perLayer[3]).as(says).isCloseTo(wanted[3], within(1e-12));
    });
  }
}
