package dev.rewire.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.Timing;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Bits;
import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.schedule.Schedule;
import dev.rewire.testing.Layers;
import dev.rewire.testing.Rules;
import dev.rewire.topology.Connectivity;
import dev.rewire.topology.Sampler;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No network is cut in two, however much is pruned. */
class ConnectivityTest {
  private static SparseLayer layer(int inputs, int outputs, long... cells) {
    return Layers.of(Topology.ofCells(inputs, outputs, cells), new float[cells.length]);
  }

  private static int cutOff(List<SparseLayer> layers) {
    return new Connectivity(layers.stream().map(SparseLayer::topology).toList()).cutOff();
  }

  @Test
  void findsWhereTheWayEnds() {
    assertThat(cutOff(List.of(layer(3, 4, 1, 11)))).isEqualTo(-1);
    assertThat(cutOff(List.of(layer(3, 4)))).isZero();
  }

  private static InMemoryDataset data() {
    SplittableRandom random = new SplittableRandom(5);
    float[][] samples = new float[40][12];
    int[] labels = new int[40];
    for (int s = 0; s < 40; s++) {
      labels[s] = s % 2;
      for (int f = 0; f < 12; f++) {
        samples[s][f] = (float) random.nextGaussian();
      }
    }
    return InMemoryDataset.of("connectivity", samples, labels);
  }

  /** Everything goes and nothing comes back: one connection a layer is what remains. */
  @Test
  void aWayRemains() {
    Network network = NetworkBuilder.forData(data()).hidden(9, 8, 7).epsilon(2).seed(3).build();
    Rules rules = new Rules();
    rules.evolveOutput = true;
    rules.target = new ConnectionTarget.OfInitial(Schedule.of("0.4..0 linear"));
    List<Integer> told = new ArrayList<>();
    long[] changes = new long[1];
    long before = network.connections();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onReconnection(Network any, int layer) {
            told.add(layer);
          }

          @Override
          public void onTopologyUpdate(Network any, TopologyUpdate update) {
            changes[0] += update.grown().size() - update.dropped().size();
          }

          @Override
          public void onEpoch(Network any, EpochReport report) {
            assertThat(cutOff(any.layers())).isEqualTo(-1);
          }
        };
    TrainingPlan plan =
        TrainingPlan.defaults()
            .withBatch(10)
            .withEpochs(6)
            .withThreads(2)
            .withEvolution(rules.evolution());
    new Trainer(plan).listen(listener).train(network, data(), data());
    assertThat(told).isNotEmpty();
    assertThat(network.connections()).isEqualTo(before + changes[0]).isLessThan(12);
    for (SparseLayer layer : network.layers()) {
      assertThat(layer.topology().connections()).isPositive();
    }
  }

  /** What goes for a test, or for good at the end, leaves the strongest connection of a way. */
  @ParameterizedTest
  @CsvSource({"AROUND_TEST, FULL", "AFTER_TEST, REMOVE_ONLY", "AROUND_TEST, REMOVE_ONLY"})
  void removalSparesAWay(Timing timing, LastUpdate last) {
    Network network = NetworkBuilder.forData(data()).hidden(9, 8, 7).epsilon(2).seed(3).build();
    long before = network.connections();
    Rules rules = new Rules();
    rules.evolveOutput = true;
    rules.timing = timing;
    rules.last = last;
    rules.drop =
        (situation, fraction) ->
            situation.markNearestToZero(situation.layer().weight(), situation.connections());
    List<Integer> spared = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onSparing(Network any, int layer) {
            spared.add(layer);
          }

          @Override
          public void onTest(Network any, int epoch, Evaluation test) {
            assertThat(cutOff(any.layers())).isEqualTo(-1);
          }
        };
    TrainingPlan plan =
        TrainingPlan.defaults()
            .withBatch(10)
            .withEpochs(2)
            .withThreads(2)
            .withEvolution(rules.evolution());
    new Trainer(plan).listen(listener).train(network, data(), data());
    assertThat(spared).contains(0, 1, 2, 3);
    assertThat(cutOff(network.layers())).isEqualTo(-1);
    assertThat(network.connections()).isEqualTo(last == LastUpdate.FULL ? before : 4);
  }

  /** Every set of connections that goes, against all ways counted one by one. */
  @Test
  void theStrongestOfAWayIsThatOfAllWays() {
    SplittableRandom random = new SplittableRandom(9);
    int without = 0;
    for (int round = 0; round < 200; round++) {
      List<SparseLayer> layers =
          List.of(drawn(3, 4, random), drawn(4, 3, random), drawn(3, 2, random));
      Connectivity connectivity =
          new Connectivity(layers.stream().map(SparseLayer::topology).toList());
      for (int l = 0; l < layers.size(); l++) {
        Topology topology = layers.get(l).topology();
        int strongest = -1;
        Bits gone = new Bits();
        gone.reset(topology.connections());
        boolean left = false;
        for (int e = 0; e < topology.connections(); e++) {
          if (random.nextBoolean()) {
            gone.set(e);
          }
          boolean is = isOnAWay(layers, l, e);
          left |= is && !gone.get(e);
          if (is && (strongest < 0 || abs(layers.get(l), e) > abs(layers.get(l), strongest))) {
            strongest = e;
          }
        }
        assertThat(connectivity.strongest(l, layers.get(l).weight())).isEqualTo(strongest);
        assertThat(connectivity.isReachedWithout(l, gone)).isEqualTo(left);
        without += left ? 0 : 1;
      }
      int reached = 0;
      for (int output = 0; output < 2; output++) {
        reached += leads(layers, 2, output) ? 1 : 0;
      }
      assertThat(connectivity.unreached()).hasSize(2 - reached);
      assertThat(connectivity.cutOff() == -1).isEqualTo(reached > 0);
    }
    assertThat(without).isBetween(50, 550);
  }

  private static SparseLayer drawn(int inputs, int outputs, SplittableRandom random) {
    long[] cells =
        LongStream.range(0, (long) inputs * outputs).filter(c -> random.nextInt(3) == 0).toArray();
    float[] weights = new float[cells.length];
    for (int e = 0; e < weights.length; e++) {
      weights[e] = random.nextInt(-4, 5);
    }
    return Layers.of(Topology.ofCells(inputs, outputs, cells), weights);
  }

  private static float abs(SparseLayer layer, int connection) {
    return Math.abs(layer.weight().get(connection));
  }

  private static boolean isOnAWay(List<SparseLayer> layers, int l, int connection) {
    Topology topology = layers.get(l).topology();
    int output = Topology.row(topology.rowStart(), connection);
    return (l == 0 || leads(layers, l - 1, topology.column().get(connection)))
        && leadsOn(layers, l + 1, output);
  }

  private static boolean leads(List<SparseLayer> layers, int l, int output) {
    Topology topology = layers.get(l).topology();
    return IntStream.range(0, topology.inputs())
        .filter(input -> topology.find(input, output) >= 0)
        .anyMatch(input -> l == 0 || leads(layers, l - 1, input));
  }

  private static boolean leadsOn(List<SparseLayer> layers, int l, int input) {
    return l == layers.size()
        || IntStream.range(0, layers.get(l).outputs())
            .filter(output -> layers.get(l).topology().find(input, output) >= 0)
            .anyMatch(output -> leadsOn(layers, l + 1, output));
  }

  /** With so few connections most draws have a layer without any. */
  @Test
  void whatIsDrawnIsConnected() {
    int told = 0;
    for (int seed = 0; seed < 40; seed++) {
      List<Integer> layers = new ArrayList<>();
      Network network =
          NetworkBuilder.forData(data())
              .hidden(9, 8, 7)
              .epsilon(0.05)
              .denseOutput(false)
              .sampler(Sampler.BERNOULLI)
              .seed(seed)
              .onReconnection(layers::add)
              .build();
      assertThat(cutOff(network.layers())).isEqualTo(-1);
      network.topologies().forEach(Topology::checkInvariants);
      told += layers.size();
    }
    assertThat(told).isGreaterThan(40);
  }

  @Test
  void connectsWhatIsCutOff() {
    Topology some = Topology.ofCells(5, 3, new long[] {1, 7});
    Topology apart = Topology.ofCells(3, 4, new long[] {2, 11});
    Topology last = Topology.ofCells(4, 2, new long[] {2, 7});
    try (WorkerTeam team = new WorkerTeam(2)) {
      List<Topology> connected = Connectivity.connected(List.of(some, apart, last), team);
      assertThat(connected.get(0)).isSameAs(some);
      assertThat(connected.get(2)).isSameAs(last);
      // neurons 0 and 1 are reached, 2 and 3 lead on: the middle of those to the first of these
      assertThat(connected.get(1).connections()).isEqualTo(3);
      assertThat(connected.get(1).find(1, 2)).isNotNegative();
      assertThat(connected.get(1).find(2, 0)).isNotNegative();
      assertThat(connected.get(1).find(2, 3)).isNotNegative();
    }
  }
}
