package dev.rewire.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.memory.Activations;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final NumberTargets NUMBERS =
      new NumberTargets(new float[] {1, 10, 2, 20, 3, 60}, List.of("x", "y"));
  private static final LabelSets SETS =
      new LabelSets(new int[] {0, 2, 2, 3}, new int[] {0, 2, 1}, List.of("a", "b", "c"));

  private static void check(Targets targets, int outputs) {
    Activations filled = new Activations(outputs, 4);
    for (int i = 0; i < filled.values().length(); i++) {
      filled.values().set(i, 9f);
    }
    int[] order = {0, 2, 0, 1};
    targets.fill(order, 1, 3, filled);
    Targets chosen = targets.select(order);
    assertThat(chosen.size()).isEqualTo(4);
    assertThat(chosen.names()).isEqualTo(targets.names());
    assertThat(chosen.head()).isEqualTo(targets.head());
    for (int b = 0; b < 3; b++) {
      for (int k = 0; k < outputs; k++) {
        assertThat(filled.get(k, b)).isEqualTo(targets.value(order[b + 1], k));
        assertThat(chosen.value(b + 1, k)).isEqualTo(targets.value(order[b + 1], k));
      }
      assertThat(chosen.label(b + 1)).isEqualTo(targets.label(order[b + 1]));
    }
    for (int k = 0; k < outputs; k++) {
      assertThat(filled.get(k, 3)).as("behind the last sample").isZero();
    }
  }

  @Test
  void allKindsFillAndSelect() {
    check(ClassTargets.of("d", new int[] {2, 0, 1}, List.of("a", "b", "c")), 3);
    check(new ClassTargets(Head.BINARY, new int[] {0, 1, 1}, List.of("no", "yes")), 1);
    check(SETS, 3);
    check(NUMBERS, 2);
  }

  @Test
  void values() {
    assertThat(SETS.value(0, 2)).isEqualTo(1);
    assertThat(SETS.value(0, 1)).isZero();
    assertThat(SETS.value(1, 0)).as("no labels at all").isZero();
    assertThat(NUMBERS.value(2, 1)).isEqualTo(60);
    assertThat(new ClassTargets(Head.BINARY, new int[] {0, 1}, List.of("a", "b")).value(1, 0))
        .isEqualTo(1);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    List<String> three = List.of("a", "b", "c");
    assertThatThrownBy(() -> new ClassTargets(Head.BINARY, new int[0], three))
        .hasMessageContaining("binary");
    assertThatThrownBy(() -> new LabelSets(new int[] {0, 2}, new int[] {1, 1}, three))
        .hasMessageContaining("ascend");
    assertThatThrownBy(() -> new LabelSets(new int[] {0, 1}, new int[] {3}, three))
        .hasMessageContaining("ascend below 3");
    assertThatThrownBy(() -> new LabelSets(new int[] {0, 1}, new int[0], three))
        .hasMessageContaining("fit");
    assertThatThrownBy(() -> new NumberTargets(new float[] {1}, List.of("x", "y")))
        .hasMessageContaining("2 a sample");
    assertThatThrownBy(() -> new NumberTargets(new float[] {Float.NaN}, List.of("x")))
        .hasMessageContaining("finite");
    InMemoryDataset data = InMemoryDataset.of("d", new float[2][1], new int[2]);
    assertThatThrownBy(() -> data.withTargets(NUMBERS)).hasMessageContaining("2 samples and 3");
  }

  @Test
  void numbersAreScaledToDeviationOneAndBack() {
    TargetScale scale = TargetScale.fit(NUMBERS);
    assertThat(scale.mean()).containsExactly(2, 30);
    assertThat(scale.deviation()[0]).isCloseTo((float) Math.sqrt(2 / 3.0), within(1e-6f));
    Activations target = new Activations(2, 3);
    NUMBERS.fill(new int[] {0, 1, 2}, 0, 3, target);
    scale.scale(target, 3);
    for (int k = 0; k < 2; k++) {
      double sum = 0;
      double squares = 0;
      for (int b = 0; b < 3; b++) {
        sum += target.get(k, b);
        squares += target.get(k, b) * target.get(k, b);
      }
      assertThat(sum).isCloseTo(0, within(1e-6));
      assertThat(squares / 3).isCloseTo(1, within(1e-6));
    }
    float[] back = {target.get(0, 2), target.get(1, 2)};
    scale.restore(back);
    assertThat(back[0]).isCloseTo(3, within(1e-5f));
    assertThat(back[1]).isCloseTo(60, within(1e-4f));
  }

  @Test
  void numbersThatAreAllTheSameAreOnlyMoved() {
    TargetScale scale = TargetScale.fit(new NumberTargets(new float[] {5, 5, 5}, List.of("five")));
    assertThat(scale.mean()).containsExactly(5);
    assertThat(scale.deviation()).containsExactly(1);
    assertThat(TargetScale.fit(SETS).isNone()).isTrue();
  }
}
