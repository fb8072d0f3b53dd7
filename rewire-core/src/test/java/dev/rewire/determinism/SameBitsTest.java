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
   * What three trained networks come to. A change here is a change of every result that users have
   * seen: it needs a line in CHANGELOG.md.
   */
  private static final String GOLDEN =
      "14972009d8f4802f/3fed78e3013c61d8"
          + " 5531451b3f35d6e6/3ff2c1bdcca07162"
          + " 3e211ee62b3681a7/3ffb9243883387fd";

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
