package dev.rewire.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.choice.PerLayer;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.topology.Sampler;
import org.junit.jupiter.api.Test;

/** Layers that are as dense as somebody says, beside those of an allocation. */
class DensityOfTest {
  private static NetworkBuilder builder(String densityOf) {
    return new NetworkBuilder(50, InMemoryDataset.numbered(10))
        .hidden(40, 30)
        .densityOf(PerLayer.of(densityOf, "", Double::valueOf));
  }

  private static double[] densities(NetworkBuilder builder) {
    return builder.build().layers().stream()
        .mapToDouble(layer -> layer.topology().density())
        .toArray();
  }

  @Test
  void theOthersAreAsTheyWere() {
    double[] usual = densities(builder("none").epsilon(5));
    assertThat(densities(builder("hidden-2=0.25").epsilon(5)))
        .containsExactly(usual[0], 0.25, usual[2]);
    assertThat(densities(builder("output=0.5").epsilon(5)))
        .containsExactly(usual[0], usual[1], 0.5);
    assertThat(densities(builder("*=0.5,hidden-1=1").denseOutput(false)))
        .containsExactly(1, 0.5, 0.5);
  }

  /** RigL's custom sparsities are no part of the allocation either. */
  @Test
  void anOverallDensityIsThatOfTheOthers() {
    DensityAllocation overall = new DensityAllocation.ErdosRenyiKernel(0.2);
    NetworkBuilder builder = builder("output=1").density(overall).denseOutput(false);
    double[] probabilities = builder.probabilities();
    double[] alone = overall.probabilities(builder.shapes().subList(0, 2));
    assertThat(probabilities).containsExactly(alone[0], alone[1], 1);
    double cells = probabilities[0] * 50 * 40 + probabilities[1] * 40 * 30;
    assertThat(cells / (50 * 40 + 40 * 30)).isCloseTo(0.2, within(1e-9));
  }

  /** Doubles that collapse leave no hole in a layer that is to be complete. */
  @Test
  void completeIsComplete() {
    assertThat(densities(builder("hidden-1=1").sampler(Sampler.WITH_REPLACEMENT))[0]).isEqualTo(1);
  }

  @Test
  void whatCannotBe() {
    assertThatThrownBy(() -> builder("hidden-1=0"))
        .hasMessageContaining("hidden-1 must be above 0");
    assertThatThrownBy(() -> builder("output=1.1")).hasMessageContaining("at most 1: 1.1");
    assertThatThrownBy(() -> builder("hidden-3=1").build())
        .hasMessageContaining("names layer hidden-3");
  }
}
