package dev.rewire.saliency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.TopCells;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Initializer;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.CellList;
import dev.rewire.topology.LayerShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rounds of pruning without a mask leave the cells that masks leave. */
class SynFlowTest {
  private static final Activation RELU = new Activation.Relu();

  private static NetworkBuilder builder(int... hidden) {
    return new NetworkBuilder(23, InMemoryDataset.numbered(4)).hidden(hidden).seed(5);
  }

  private static long[] run(
      NetworkBuilder builder,
      int taking,
      int wanted,
      int rounds,
      long stored,
      int threads,
      int[] longest) {
    List<ImplicitLayer> layers = new ArrayList<>();
    for (LayerShape shape : builder.shapes()) {
      boolean last = layers.size() == builder.shapes().size() - 1;
      layers.add(
          ImplicitLayer.of(
              shape.inputs(),
              shape.outputs(),
              new Initializer.SparseHe(last ? 1 : 2),
              new RandomStreams(builder.seed()),
              layers.size()));
    }
    Candidates candidates = new Candidates(builder.shapes(), taking);
    try (Compute compute = new Compute(threads);
        TopCells best = new TopCells(wanted, threads, 0);
        CellList cells = new CellList()) {
      SynFlow flow = new SynFlow(compute, layers, candidates, List.of(), stored);
      flow.run(wanted, rounds, best, new Steps(share -> {}, rounds));
      longest[0] = flow.longest();
      best.finish(cells);
      return cells.toArray();
    }
  }

  @ParameterizedTest(name = "{0} rounds, {1} of them stay, {2} layers")
  @CsvSource({
    "1, 0.1, 3",
    "2, 0.1, 3",
    "3, 0.05, 2",
    "17, 0.02, 3",
    "100, 0.05, 3",
    "100, 0.05, 2",
    "100, 0.3, 3",
    "100, 0.004, 3"
  })
  void everyRoundLeavesWhatMasksLeave(int rounds, double density, int taking) {
    NetworkBuilder builder = builder(40, 31);
    long cells = new Candidates(builder.shapes(), taking).cells();
    int wanted = (int) Math.round(cells * density);
    long[] expected = new DenseOracle(builder, RELU, null, false).synFlow(taking, wanted, rounds);
    assertThat(expected).hasSize(wanted);
    int[] longest = new int[1];
    for (int threads = 1; threads <= 3; threads++) {
      // never stored but at the end, and stored from the first round on
      assertThat(run(builder, taking, wanted, rounds, 0, threads, longest)).isEqualTo(expected);
      int tested = longest[0];
      assertThat(run(builder, taking, wanted, rounds, ALWAYS, threads, longest))
          .isEqualTo(expected);
      assertThat(longest[0]).isLessThanOrEqualTo(1);
      if (rounds == 100 && density < 0.1) {
        assertThat(tested).isGreaterThan(40);
      }
    }
  }

  private static final long ALWAYS = 1 << 22;

  /** What flows through sixty layers of 40 neurons is more than any double. */
  @Test
  void flowsMayBeLargerThanAnyNumber() {
    int[] hidden = new int[400];
    Arrays.fill(hidden, 12);
    NetworkBuilder builder = builder(hidden);
    int taking = builder.shapes().size() - 1;
    int wanted = 12_000;
    long[] cells = run(builder, taking, wanted, 20, ALWAYS, 2, new int[1]);
    Candidates candidates = new Candidates(builder.shapes(), taking);
    int[] perLayer = new int[taking];
    Arrays.stream(cells).forEach(cell -> perLayer[candidates.layerOf(cell)]++);
    assertThat(cells).hasSize(wanted);
    // conserved in every layer: none is emptied, none stays whole
    assertThat(Arrays.stream(perLayer)).allSatisfy(n -> assertThat(n).isBetween(3, 110));
  }

  @Test
  void howManyStay() {
    assertThat(SynFlow.left(1000, 10, 1, 2)).isEqualTo(100);
    assertThat(SynFlow.left(1000, 10, 2, 2)).isEqualTo(10);
    assertThat(SynFlow.left(1000, 1000, 7, 100)).isEqualTo(1000);
  }

  /** Few different scores, some of them 0, and cells with many digits. */
  @ParameterizedTest(name = "{0} held, {1} different scores")
  @CsvSource({"1, 5", "1, 1000000", "40, 3", "100000, 9", "7, 1"})
  void theLastThatStays(int held, int different) {
    SplittableRandom random = new SplittableRandom(held + different);
    int parts = 13;
    int size = 300;
    long[][] cell = new long[parts][size];
    int[][] score = new int[parts][size];
    for (int p = 0; p < parts; p++) {
      for (int k = 0; k < size; k++) {
        cell[p][k] = (p * 90_000_000_000L + k * 123_456L) % (1L << 46);
        score[p][k] = Float.floatToRawIntBits(random.nextInt(different) / 1e4f);
      }
    }
    List<int[]> order = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      for (int k = 0; k < size; k++) {
        order.add(new int[] {p, k});
      }
    }
    order.sort((a, b) ->
        score[a[0]][a[1]] != score[b[0]][b[1]]
            ? Integer.compare(score[b[0]][b[1]], score[a[0]][a[1]])
            : Long.compare(cell[a[0]][a[1]], cell[b[0]][b[1]]));
    Ranking.Source source =
        new Ranking.Source() {
          @Override
          public int parts() {
            return parts;
          }

          @Override
          public void show(int part, int worker, Ranking.Run run) {
            run.cells(cell[part], score[part], size);
          }
        };
    try (WorkerTeam team = new WorkerTeam(2)) {
      Ranking ranking = new Ranking(team, source, held);
      for (int keep : IntStream.of(1, 2, 77, 1950, 3899, 3900).toArray()) {
        int[] last = order.get(keep - 1);
        assertThat(ranking.find(keep))
            .isEqualTo(new Cut(score[last[0]][last[1]], cell[last[0]][last[1]]));
      }
    }
  }
}
