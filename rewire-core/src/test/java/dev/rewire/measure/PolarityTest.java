package dev.rewire.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.ImageShape;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Sampler;
import dev.rewire.topology.Topology;
import org.junit.jupiter.api.Test;

class PolarityTest {
  private static final ImageShape FOUR = new ImageShape(4, 4, 1);

  private static Polarity of(int outputs, int... perPixel) {
    int[] incoming = new int[outputs];
    return Polarity.of(new InputConnectivity(perPixel, incoming, FOUR), FOUR, 0.95);
  }

  private static int[] picture(int centre, int margin) {
    int[] pixels = new int[16];
    for (int p = 0; p < 16; p++) {
      boolean inside = p / 4 % 3 != 0 && p % 4 % 3 != 0;
      pixels[p] = inside ? centre : margin;
    }
    return pixels;
  }

  @Test
  void knownPictures() {
    assertThat(of(100, picture(30, 10)).index()).isCloseTo(0.5, within(1e-15));
    assertThat(of(100, picture(30, 10)).sign()).isEqualTo(Polarity.Sign.POSITIVE);
    assertThat(of(100, picture(10, 30)).index()).isCloseTo(-0.5, within(1e-15));
    assertThat(of(100, picture(10, 30)).sign()).isEqualTo(Polarity.Sign.NEGATIVE);
    assertThat(of(100, picture(20, 20)).index()).isZero();
    assertThat(of(100, picture(20, 20)).sign()).isEqualTo(Polarity.Sign.NONE);
    assertThat(of(100, picture(9, 0)).index()).isEqualTo(1);
    assertThat(of(100, picture(0, 9)).index()).isEqualTo(-1);
    assertThat(of(100, picture(0, 0))).isEqualTo(new Polarity(0, 0, 0));
  }

  /** 4 of 16 pixels are the centre, 1 output: a connection lies there with probability 1/4. */
  @Test
  void oneConnectionSaysNothing() {
    int[] one = new int[16];
    one[5] = 1;
    Polarity polarity = of(1, one);
    assertThat(polarity.index()).isEqualTo(1);
    assertThat(polarity.low()).isEqualTo(0);
    assertThat(polarity.sign()).isEqualTo(Polarity.Sign.NONE);
  }

  /** The whole layer is connected: there is no other topology of this size. */
  @Test
  void completeLayersHaveNoSpread() {
    Polarity polarity =
        Polarity.of(InputConnectivity.of(Topology.complete(16, 7), FOUR), FOUR, 0.95);
    assertThat(polarity).isEqualTo(new Polarity(0, 0, 0));
  }

  @Test
  void intervalIsTheSpreadOfRandomTopologies() {
    ImageShape shape = new ImageShape(14, 14, 1);
    int draws = 600;
    double sum = 0;
    double squares = 0;
    int positive = 0;
    int negative = 0;
    Polarity last = new Polarity(0, 0, 0);
    for (int i = 0; i < draws; i++) {
      var random = new RandomStreams(i).stream(Purpose.TOPOLOGY, 0, 0);
      Topology topology = Sampler.EXACT.draw(shape.features(), 50, 0.2, random);
      last = Polarity.of(InputConnectivity.of(topology, shape), shape, 0.95);
      sum += last.index();
      squares += last.index() * last.index();
      positive += last.sign() == Polarity.Sign.POSITIVE ? 1 : 0;
      negative += last.sign() == Polarity.Sign.NEGATIVE ? 1 : 0;
    }
    double deviation = Math.sqrt(squares / draws);
    assertThat(sum / draws).isCloseTo(0, within(4 * deviation / Math.sqrt(draws)));
    // Half the width of the interval is 1.96 deviations; 600 draws know it to 3 %.
    assertThat((last.high() - last.low()) / 2).isCloseTo(1.96 * deviation, within(0.2 * deviation));
    // 2.5 % on each side are 15 of 600, with a deviation of 4.
    assertThat(positive).isBetween(1, 31);
    assertThat(negative).isBetween(1, 31);
    assertThat(positive + negative).isBetween(9, 52);
  }

  @Test
  void numbersOfTheStudy() {
    // 784 - 512 with 14,256 connections, r = 1.16: 21.1 in the centre of 14 x 14 pixels.
    ImageShape shape = new ImageShape(28, 28, 1);
    CentredRectangles rectangles = CentredRectangles.of(shape);
    int[] pixels = new int[784];
    int centre = (int) Math.round(21.1 * 196);
    for (int p = 0, inside = 0, outside = 0; p < 784; p++) {
      boolean here = rectangles.contains(6, p);
      int all = here ? centre : 14_256 - centre;
      int size = here ? 196 : 588;
      int k = here ? inside++ : outside++;
      pixels[p] = all / size + (k < all % size ? 1 : 0);
    }
    Polarity polarity =
        Polarity.of(new InputConnectivity(pixels, new int[512], shape), shape, 0.95);
    assertThat(polarity.index()).isCloseTo(0.102, within(1e-3));
    // Standard deviation of the number in the centre 50.8, times (1/196 + 1/588) / 2 / 18.18.
    assertThat(polarity.low()).isCloseTo(0.102 - 1.96 * 0.0095, within(1.5e-3));
    assertThat(polarity.sign()).isEqualTo(Polarity.Sign.POSITIVE);
  }

  @Test
  void coloursAreAddedUp() {
    ImageShape colour = new ImageShape(2, 2, 3);
    var connectivity = new InputConnectivity(new int[12], new int[2], colour);
    connectivity.outgoing()[11] = 2;
    connectivity.outgoing()[3] = 1;
    assertThat(connectivity.pixels(colour)).containsExactly(0, 0, 0, 3);
    // 2 x 2 pixels have no margin.
    assertThat(Polarity.of(connectivity, colour, 0.95).sign()).isEqualTo(Polarity.Sign.NONE);
  }

  @Test
  void wrongQuestionsAreRefused() {
    var connectivity = new InputConnectivity(new int[16], new int[2], null);
    assertThatThrownBy(() -> Polarity.of(connectivity, FOUR, 1))
        .hasMessage("a confidence lies above 0 and below 1: 1.0");
    assertThatThrownBy(() -> Polarity.of(connectivity, new ImageShape(3, 5, 1), 0.95))
        .hasMessage("a picture of 15 features cannot have 16 inputs");
    assertThatThrownBy(
            () -> new InputConnectivity(new int[16], new int[2], new ImageShape(3, 5, 1)))
        .hasMessageContaining("has 15 features, but there are 16 inputs");
  }
}
