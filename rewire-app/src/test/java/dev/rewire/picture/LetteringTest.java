package dev.rewire.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetteringTest {
  /** Beside widths that were measured in DejaVu Sans at 12 px. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"sparse momentum, density 0.01\", 195.5",
        "\"SET, ER(K), density 0.01\", 145.5",
        "\"topology, rewired, decay 1e-3\", 179.9",
        "MMMMM, 51.8"
      })
  void isNotTooNarrowAndNotMuchTooWide(String text, double measured) {
    assertThat(Lettering.width(text)).isBetween(measured, 1.15 * measured);
  }
}
