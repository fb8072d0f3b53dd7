package dev.rewire.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.config.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
  @Test
  void seeds() {
    assertThat(Seeds.of("1..5")).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(Seeds.of("1, 2,7")).containsExactly(1L, 2L, 7L);
    assertThat(Seeds.of("-2..1,9,0")).containsExactly(-2L, -1L, 0L, 1L, 9L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "5..1",
        "1..",
        "..3",
        "1..2..3",
        "1,,2",
        "0..9223372036854775807",
        "1..20000"
      })
  void seedsThatAreNone(String text) {
    assertThatThrownBy(() -> Seeds.of(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--seeds");
  }

  @Test
  void everyCombination() {
    List<Setting> all =
        Setting.all(
            List.of(
                Variation.of("network.hidden=[30,30],[100]"),
                Variation.of("training.lr=0.1,0.01")));

    assertThat(all).hasSize(4);
    assertThat(all.get(1).label()).isEqualTo("hidden=[30,30] lr=0.01");
    assertThat(all.get(3).folder(7)).startsWith("hidden--100-_lr-0.01_seed-7-");
    assertThat(all.stream().map(setting -> setting.folder(1)).distinct()).hasSize(4);
    assertThat(Setting.all(List.of()).getFirst().folder(3)).isEqualTo("seed-3");
  }

  /** Letters that no folder can have must not make two runs share one. */
  @Test
  void foldersOfDifferentRunsDiffer() {
    List<Setting> all = Setting.all(List.of(Variation.of("data.dataset=a/b,a-b,a b")));

    assertThat(all.stream().map(setting -> setting.folder(1)).distinct()).hasSize(3);
    assertThat(all.stream().map(setting -> setting.folder(1)))
        .allSatisfy(name -> assertThat(name).matches("[A-Za-z0-9._-]+"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network.epsilon",
        "network.epsilon=",
        "=3",
        "network.epsilom=3",
        "network.epsilon=3,,4",
        "network.epsilon=3,3",
        "training.seed=1,2"
      })
  void variationsThatAreNone(String text) {
    assertThatThrownBy(() -> Variation.of(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--vary");
  }
}
