package dev.rewire.microscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.Scaling;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.history.HistoryFormatException;
import dev.rewire.history.HistoryWriter;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.memory.Floats;
import dev.rewire.microscope.Moment.Point;
import dev.rewire.network.Network;
import dev.rewire.topology.CellList;
import dev.rewire.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories made by hand, of a layer of 16 pixels and 2 neurons. */
class LayerHistoryTest {
  private static final ImageShape IMAGE = new ImageShape(4, 4, 1);

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("topology.history");
  }

  private static Network network() {
    // neuron 0 sees the first row of pixels, neuron 1 the second
    Topology topology = Topology.ofCells(16, 2, new long[] {0, 1, 2, 3, 20, 21, 22, 23});
    SparseLayer layer =
        new SparseLayer(
            0,
            topology,
            Floats.of(new float[8]),
            Floats.of(new float[2]),
            new Activation.Identity(),
            Dropout.NONE,
            new Initializer.Normal(1));
    return new Network(
        List.of(layer),
        new Loss.SoftmaxCrossEntropy(),
        new Scaling(new float[] {0}, new float[] {1}),
        List.of("a", "b"),
        IMAGE,
        0);
  }

  private static CellList cells(long... cells) {
    CellList list = new CellList();
    list.clear(cells.length);
    Arrays.stream(cells).forEach(list::add);
    return list;
  }

  private static TopologyUpdate update(int epoch, CellList dropped, CellList grown, int now) {
    return new TopologyUpdate(0, epoch, dropped, grown, now);
  }

  private void write(TopologyUpdate... updates) throws IOException {
    Network network = network();
    try (HistoryWriter writer = HistoryWriter.create(file, network)) {
      for (TopologyUpdate each : updates) {
        writer.onTopologyUpdate(network, each);
      }
    }
  }

  private LayerHistory read(int epoch) throws IOException {
    return LayerHistory.read(file, 0, IMAGE, 100, epoch, false);
  }

  private static List<Integer> epochs(LayerHistory history) {
    return history.points().stream().map(Point::epoch).toList();
  }

  @Test
  void eachEvolutionIsAMoment() throws IOException {
    // pixel 0 goes, the four pixels of the centre come
    write(update(0, cells(0), cells(5, 6), 9), update(1, cells(1, 20), cells(9, 10, 25), 10));
    LayerHistory history = read(LayerHistory.LAST);
    assertThat(epochs(history)).containsExactly(0, 1, 2);
    assertThat(history.start().counts())
        .containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(history.end().counts())
        .containsExactly(0, 0, 1, 1, 0, 2, 2, 1, 0, 2, 1, 0, 0, 0, 0, 0);
    assertThat(history.end().connectivity().incoming()).containsExactly(6, 4);
    Point last = history.points().getLast();
    assertThat(last.connections()).isEqualTo(10);
    assertThat(last.dropped()).isEqualTo(2);
    assertThat(last.grown()).isEqualTo(3);
    assertThat(last.churn()).isEqualTo(0.3);
    // seven connections on the four pixels of the centre, ten on all sixteen
    assertThat(last.ratio()).isEqualTo(7 / 4.0 / (10 / 16.0), offset(1e-12));
    assertThat(history.removed()).isZero();
    assertThat(history.chosen()).isSameAs(history.end());
  }

  @Test
  void aRemovalAndItsGrowthAreOneMoment() throws IOException {
    write(
        update(0, cells(0, 1), cells(), 6),
        update(0, cells(), cells(5, 6), 8),
        update(1, cells(5), cells(), 7));
    LayerHistory history = read(LayerHistory.LAST);
    assertThat(history.points().stream().map(Point::connections)).containsExactly(8, 8);
    assertThat(history.points().getLast().dropped()).isEqualTo(2);
    assertThat(history.points().getLast().grown()).isEqualTo(2);
    // what was removed at last and not replaced still counts
    assertThat(history.end().counts()[5]).isEqualTo(2);
    assertThat(history.removed()).isEqualTo(1);
  }

  @Test
  void pruningIsAMomentEachTime() throws IOException {
    write(update(0, cells(0, 1), cells(), 6), update(1, cells(2, 3), cells(), 4));
    LayerHistory history = read(LayerHistory.LAST);
    assertThat(history.points().stream().map(Point::connections)).containsExactly(8, 6, 4);
    assertThat(epochs(history)).containsExactly(0, 1, 2);
    assertThat(history.removed()).isZero();
  }

  @Test
  void anyEpochCanBeChosen() throws IOException {
    TopologyUpdate[] many = new TopologyUpdate[50];
    for (int e = 0; e < 50; e++) {
      many[e] = update(e, cells(e % 2 == 0 ? 0 : 8), cells(e % 2 == 0 ? 8 : 0), 8);
    }
    write(many);
    LayerHistory history = LayerHistory.read(file, 0, IMAGE, 5, 31, false);
    assertThat(history.moments().stream().map(m -> m.point().epoch()))
        .hasSize(5)
        .startsWith(0)
        .endsWith(50)
        .isSorted();
    assertThat(history.points()).hasSize(51);
    assertThat(history.chosen().point().epoch()).isEqualTo(31);
    assertThat(history.chosen().counts()[8]).isEqualTo(1);
    assertThat(read(0).chosen().counts()).isEqualTo(history.start().counts());
  }

  @Test
  void aFileThatIsBeingWrittenMayEndWithinARecord() throws IOException {
    write(update(0, cells(0), cells(5), 8), update(1, cells(1), cells(6), 8));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 3));
    assertThat(epochs(LayerHistory.read(file, 0, IMAGE, 9, LayerHistory.LAST, true)))
        .containsExactly(0, 1);
    assertThatThrownBy(() -> read(LayerHistory.LAST))
        .isInstanceOf(HistoryFormatException.class)
        .hasMessageContaining("cut short");
    assertThat(Rebuilt.at(file, Long.MAX_VALUE, true, List.of()).getFirst().connections())
        .isEqualTo(8);
  }

  @Test
  void aTopologyIsRebuiltAsItWas() throws IOException {
    write(update(0, cells(0), cells(5), 8));
    assertThat(Rebuilt.start(file).getFirst().column().toArray())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(Rebuilt.at(file, Long.MAX_VALUE, false, List.of()).getFirst().column().toArray())
        .containsExactly(1, 2, 3, 5, 4, 5, 6, 7);
  }

  @Test
  void inputsThatAreNoPictureHaveNoPolarity() throws IOException {
    write();
    LayerHistory history = LayerHistory.read(file, 0, null, 9, LayerHistory.LAST, false);
    assertThat(history.end().point().polarity()).isNull();
    assertThat(history.end().trend()).isNull();
    assertThat(history.end().point().ratio()).isNaN();
    assertThat(history.end().expected()).isEqualTo(0.5);
  }

  @Test
  void chanceIsNarrowWhereManyPixelsAre() {
    Chance chance = Chance.of(320, 40, new ImageShape(8, 8, 1));
    double[] width = new double[4];
    Arrays.setAll(width, i -> chance.high()[i] - chance.low()[i]);
    for (int i = 1; i < 4; i++) {
      assertThat(width[i]).isLessThan(width[i - 1]);
      assertThat((chance.high()[i] + chance.low()[i]) / 2).isEqualTo(5, offset(1e-9));
    }
    assertThat(width[3]).isEqualTo(0, offset(1e-9));
  }
}
