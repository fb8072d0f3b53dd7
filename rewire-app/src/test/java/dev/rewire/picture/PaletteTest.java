package dev.rewire.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaletteTest {
  private static int brightness(int colour) {
    return 299 * (colour >> 16) + 587 * (colour >> 8 & 0xff) + 114 * (colour & 0xff);
  }

  @Test
  void countsGrowBrighter() {
    int before = -1;
    for (int i = 0; i <= 100; i++) {
      int now = brightness(Palette.VIRIDIS.colour(i / 100.0));
      assertThat(now).isGreaterThan(before);
      before = now;
    }
  }

  @Test
  void differencesGrowDarkerOnBothSides() {
    for (int i = 1; i <= 50; i++) {
      for (int side : new int[] {-1, 1}) {
        int outer = brightness(Palette.BLUE_ORANGE.colour(0.5 + side * i / 100.0));
        int inner = brightness(Palette.BLUE_ORANGE.colour(0.5 + side * (i - 1) / 100.0));
        assertThat(outer).isLessThan(inner);
      }
    }
  }

  @Test
  void whatLiesOutsideGetsTheEnds() {
    assertThat(Palette.VIRIDIS.colour(-1)).isEqualTo(0x440154);
    assertThat(Palette.VIRIDIS.colour(2)).isEqualTo(0xfde725);
    assertThat(Palette.BLUE_ORANGE.colour(0.5)).isEqualTo(0xf7f7f7);
  }

  @Test
  void gradientsHaveAllStops() {
    assertThat(Palette.VIRIDIS.gradient()).contains("#440154", "#21918c", "#fde725");
  }
}
