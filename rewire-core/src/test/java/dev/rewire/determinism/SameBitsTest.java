package dev.rewire.determinism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Dropout;
import dev.rewire.testing.ChildJvm;
import dev.rewire.topology.Topology;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Same seed, same bits: for any number of threads, any vector width, and without vectors. */
class SameBitsTest {
  /**
   * What six trained networks come to. A change here is a change of every result that users have
   * seen: it needs a line in CHANGELOG.md.
   */
  private static final String GOLDEN =
      "85010a56f8ad9a3c/3fed78e2faed7746"
          + " 275caae9c3515f74/3ff2c1bdcb826a6e"
          + " 058809b8a13f8a77/3ffb92438ca5ef78"
          + " c8d6129af833735c/3fe83efde43cb82a"
          + " 438a604f66c02c77/3fef71b1da819819"
          + " a5976e007cf772dc/3fe4d2ab1b88cad3";

  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  static List<Arguments> machines() {
    return List.of(
        Arguments.of("scalar, no module", "scalar", List.of()),
        Arguments.of("scalar, forced", "scalar", List.of(MODULE, "-Drewire.kernels=scalar")),
        Arguments.of("128 bits", "vector/128", List.of(MODULE, "-Drewire.vectorBits=128")),
        Arguments.of("256 bits", "vector/256", List.of(MODULE, "-Drewire.vectorBits=256")),
        Arguments.of("512 bits", "vector/512", List.of(MODULE, "-Drewire.vectorBits=512")),
        Arguments.of("AVX2", "vector/256", List.of(MODULE, "-XX:UseAVX=2")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("machines")
  void everyMachineAndNumberOfThreads(String machine, String kernels, List<String> options) {
    boolean intel = List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
    assumeTrue(intel || !machine.equals("AVX2"), "only Intel's processors and their like have AVX");
    ChildJvm.Output output = ChildJvm.run(TrainAndHash.class, options);
    assertThat(output.exitCode()).as(output.errors()).isZero();
    assertThat(output.lines().getFirst()).isEqualTo(kernels);
    assertThat(output.lines().subList(1, output.lines().size()))
        .hasSize(TrainAndHash.THREADS.length)
        .containsOnly(GOLDEN);
  }

  @Test
  void thisJvm() {
    for (int threads : TrainAndHash.THREADS) {
      assertThat(TrainAndHash.hashes(threads)).as(threads + " threads").isEqualTo(GOLDEN);
    }
  }

  @Test
  void theNetworksHaveNeuronsWithoutConnections() {
    Topology topology =
        TrainAndHash.network(new Activation.Relu(), Dropout.NONE).layers().getFirst().topology();
    assertThat(IntStream.range(0, topology.outputs())).anyMatch(j -> topology.fanIn(j) == 0);
    InMemoryDataset data = TrainAndHash.data(10, 1);
    assertThat(data.features()).isEqualTo(topology.inputs());
  }
}
