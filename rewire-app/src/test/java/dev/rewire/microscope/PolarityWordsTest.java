package dev.rewire.microscope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.measure.Polarity;
import org.junit.jupiter.api.Test;

class PolarityWordsTest {
  @Test
  void centreAndMarginAreComparedInPercent() {
    // (x - y) / (x + y) = 0.2 is x = 1.5 y
    assertThat(PolarityWords.sentence(new Polarity(0.2, 0.1, 0.3))).contains("has 50 % more");
    assertThat(PolarityWords.sentence(new Polarity(-0.2, -0.3, -0.1))).contains("has 33 % fewer");
    assertThat(PolarityWords.sentence(new Polarity(1, 0.9, 1))).contains("all connections");
  }

  @Test
  void nothingIsSaidThatCanBeChance() {
    Polarity chance = new Polarity(0.02, -0.01, 0.05);
    assertThat(PolarityWords.word(chance)).isEqualTo("none");
    assertThat(PolarityWords.sentence(chance)).contains("as chance gives them");
    assertThat(PolarityWords.numbers(chance)).isEqualTo("polarity +0.020 (-0.010 to +0.050)");
  }
}
