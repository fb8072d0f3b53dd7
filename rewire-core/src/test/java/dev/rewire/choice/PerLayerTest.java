package dev.rewire.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerLayerTest {
  private static PerLayer<Double> read(String text) {
    return PerLayer.of(text, "hidden-1=0.5", Double::valueOf);
  }

  @ParameterizedTest
  @CsvSource({
    "hidden-1, 0",
    "hidden-2, 1",
    "hidden-11, 10",
    "hidden-*, 0 1 2 3 4 5 6 7 8 9 10",
    "hidden, 0 1 2 3 4 5 6 7 8 9 10",
    "hidden-1*, 0 9 10",
    "*1, 0 10",
    "output, 11",
    "*, 0 1 2 3 4 5 6 7 8 9 10 11",
    "*t, 11",
    "7, 7",
    "11, 11"
  })
  void whichLayersAreMeant(String pattern, String expected) {
    LayerPattern layers = new LayerPattern(pattern);
    assertThat(
            IntStream.range(0, 12)
                .filter(layer -> layers.matches(layer, 12))
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(" ")))
        .isEqualTo(expected);
    layers.requireLayer(12);
  }

  @Test
  void everyLayerIsMeantByItsName() {
    for (int layers = 1; layers < 5; layers++) {
      for (int layer = 0; layer < layers; layer++) {
        LayerPattern named = new LayerPattern(LayerPattern.name(layer, layers));
        for (int other = 0; other < layers; other++) {
          assertThat(named.matches(other, layers)).isEqualTo(other == layer);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | hidden-1=1 | names layer hidden-1, but the network has layers 0 to 0: output",
        "2 | 2=1 | names layer 2, but the network has layers 0 to 1: hidden-1 and output",
        "3 | hidden-3=1 | has layers 0 to 2: hidden-1, hidden-2 and output",
        "9 | output=1,x*=2 | names layer x*, but the network has layers 0 to 8: hidden-1 to hidden-8 and"
      })
  void layersThatDoNotExist(int layers, String text, String message) {
    assertThatThrownBy(() -> read(text).requireLayers(layers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hidden-1 | must be WHERE=VALUE, separated by commas, as in hidden-1=0.5, not 'hidden-1'",
        "hiden-1=1 | must name a layer as hidden-1, hidden-* or output, or by its number from 0, not",
        "hidden-0=1 | must name a layer",
        "=1 | must name a layer",
        "hidden-1=x | for hidden-1 "
      })
  void whatCannotBeRead(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void laterEntriesCount() {
    PerLayer<Double> values = read("hidden-*=1, Hidden-2=2,output=3");
    assertThat(IntStream.range(0, 4).mapToObj(layer -> values.of(layer, 4)))
        .containsExactly(1.0, 2.0, 1.0, 3.0);
    assertThat(read("hidden-2=2").of(0, 4)).isNull();
    assertThat(values).hasToString("hidden-*=1.0, hidden-2=2.0, output=3.0");
    assertThat(read(values.toString())).isEqualTo(values);
    assertThat(read("none")).isEqualTo(PerLayer.none()).hasToString("none");
  }
}
