package dev.rewire.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.ClassTargets;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LabelSets;
import dev.rewire.dataset.NumberTargets;
import dev.rewire.dataset.Targets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which metrics there are for what is predicted, and that they are fed with the right things. */
class ScoresTest {
  private static Map<String, Double> values(Targets targets, float[][] predictions) {
    InMemoryDataset data =
        InMemoryDataset.of("d", new float[predictions.length][1], new int[predictions.length])
            .withTargets(targets);
    Scores scores = Scores.of(targets.head(), predictions[0].length, predictions.length, 0.5, true);
    for (int s = 0; s < predictions.length; s++) {
      scores.add(data, s, predictions[s]);
    }
    return scores.values();
  }

  @Test
  void classes() {
    Map<String, Double> values =
        values(
            ClassTargets.of("d", new int[] {0, 1, 2, 1}, List.of("a", "b", "c", "d")),
            new float[][] {
              {0.7f, 0.1f, 0.1f, 0.1f},
              {0.1f, 0.6f, 0.2f, 0.1f},
              {0.1f, 0.5f, 0.4f, 0},
              {0.4f, 0.3f, 0.2f, 0.1f}
            });
    assertThat(values)
        .containsOnlyKeys("accuracy", "top_3_accuracy", "macro_f1", "roc_auc", "calibration_error");
    assertThat(values.get("accuracy")).isEqualTo(0.5);
    assertThat(values.get("top_3_accuracy")).isEqualTo(1);
    assertThat(values.get("macro_f1")).isCloseTo((2 / 3.0 + 0.5 + 0) / 3, within(1e-12));
    // a: all pairs in order; b: 3 of 4, for 0.3 is below 0.5; c: all; d: no sample, left out
    assertThat(values.get("roc_auc")).isCloseTo((1 + 3 / 4.0 + 1) / 3, within(1e-12));
    assertThat(values.get("calibration_error"))
        .as("each in a bin of its own")
        .isCloseTo((0.3 + 0.4 + 0.5 + 0.4) / 4, within(1e-6));
  }

  @Test
  void binary() {
    Map<String, Double> values =
        values(
            new ClassTargets(Head.BINARY, new int[] {0, 1, 1, 0}, List.of("no", "yes")),
            new float[][] {{0.2f}, {0.9f}, {0.4f}, {0.6f}});
    assertThat(values)
        .containsOnlyKeys("accuracy", "f1", "macro_f1", "roc_auc", "calibration_error");
    assertThat(values.get("accuracy")).isEqualTo(0.5);
    assertThat(values.get("f1")).isEqualTo(0.5);
    assertThat(values.get("roc_auc")).isEqualTo(0.75);
    assertThat(values.get("calibration_error"))
        .as("0.8 and 0.9 right; 0.6 twice wrong, in one bin")
        .isCloseTo((0.2 + 0.1 + 1.2) / 4, within(1e-6));
  }

  @Test
  void severalLabels() {
    LabelSets targets =
        new LabelSets(new int[] {0, 2, 2, 3}, new int[] {0, 2, 1}, List.of("a", "b", "c"));
    Map<String, Double> values =
        values(targets, new float[][] {{0.9f, 0.1f, 0.8f}, {0.1f, 0.2f, 0.6f}, {0.3f, 0.7f, 0.4f}});
    assertThat(values.get("exact_match")).isEqualTo(2 / 3.0);
    assertThat(values.get("hamming_loss")).isEqualTo(1 / 9.0);
    assertThat(values.get("micro_f1")).isEqualTo(6 / 7.0);
    assertThat(values.get("macro_f1")).isCloseTo((1 + 1 + 2 / 3.0) / 3, within(1e-12));
    assertThat(values.get("roc_auc")).isEqualTo(1);
  }

  @Test
  void numbersWeighTheSame() {
    NumberTargets targets =
        new NumberTargets(new float[] {1, 100, 2, 200, 3, 300}, List.of("small", "large"));
    Map<String, Double> values = values(targets, new float[][] {{1, 110}, {2, 200}, {3, 290}});
    assertThat(values.get("mae")).isCloseTo(20 / 3.0 / 2, within(1e-12));
    assertThat(values.get("rmse")).isCloseTo(Math.sqrt(200 / 3.0) / 2, within(1e-12));
    assertThat(values.get("r2")).isCloseTo((1 + 0.99) / 2, within(1e-12));
  }

  @Test
  void tooManyLabelsForBinsHaveNoArea() {
    Areas areas = new Areas(Scores.MOST_BINNED + 1, Scores.MOST_KEPT);
    areas.add(0, 1, true);
    areas.add(0, 0, false);
    assertThat(areas.mean()).isNaN();
    Areas binned = new Areas(2, Scores.MOST_KEPT);
    binned.add(0, 1, true);
    binned.add(0, 0, false);
    assertThat(binned.mean()).as("the other one is left out").isEqualTo(1);
  }
}
