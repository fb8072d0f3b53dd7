package dev.rewire.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.config.Configuration;
import dev.rewire.config.RunSettings;
import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.measure.Polarity;
import dev.rewire.measure.TrendCurve;
import dev.rewire.network.Evaluation;
import dev.rewire.study.Verdict.Answer;
import dev.rewire.train.EpochReport;
import dev.rewire.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class RegularizationStudyTest {
  private static final Study STUDY = Studies.find("regularization").orElseThrow();
  private static final ImageShape IMAGE = new ImageShape(28, 28, 1);

  @Test
  void everyArmIsASettingThatThereIs() {
    for (Arm arm : STUDY.arms()) {
      RunSettings settings = arm.setting().on(Configuration.EMPTY, 1).settle();
      assertThat(settings.recipe().plan().seed()).as(arm.id()).isEqualTo(1);
      // else its epochs could not be read from a longer run
      assertThat(settings.recipe().plan().followsRunLength()).as(arm.id()).isFalse();
    }
  }

  @Test
  void everyArmHasAFolderOfItsOwn() {
    List<String> folders = STUDY.arms().stream().map(arm -> arm.setting().folder(1)).toList();

    assertThat(folders).doesNotHaveDuplicates();
    assertThat(folders).contains("l1-0.00001_weight_decay-0.001_seed-1");
  }

  @Test
  void published155And1000ComeFromOneRun() {
    Arm without = STUDY.arm("decay-0").orElseThrow();

    assertThat(without.epochs()).isEqualTo(1000);
    assertThat(without.moments()).contains(155, 718, 1000);
  }

  @Test
  void nothingIsDecidedWithoutRuns() {
    StudyResult nothing = new StudyResult(STUDY, List.of(1L), new Evidence(), List.of(), Map.of());

    assertThat(nothing.verdicts().values()).allMatch(v -> v.answer() == Answer.OPEN);
    assertThat(new StudyTables(nothing).count(Answer.HOLDS)).isZero();
    assertThat(new StudyTables(nothing).count(Answer.FAILS)).isZero();
    assertThat(new StudyText(nothing).markdown()).contains("no run yet").doesNotContain("NaN");
  }

  @Test
  void aClaimThatHoldsInSomeSeedsOnlySaysSo() {
    Evidence evidence = new Evidence();
    evidence.add("decay-0", 1, run(1000, epoch -> epoch <= 155 ? 1 : 0.9));
    assertThat(verdict("negative in the end", evidence).answer()).isEqualTo(Answer.HOLDS);
    assertThat(verdict("neutral at first", evidence).answer()).isEqualTo(Answer.HOLDS);
    assertThat(verdict("decay 1e-3 is positive", evidence).answer()).isEqualTo(Answer.OPEN);

    evidence.add("decay-0", 2, run(1000, _ -> 1.1));
    Verdict mixed = verdict("negative in the end", evidence);
    assertThat(mixed.answer()).isEqualTo(Answer.MIXED);
    assertThat(mixed.evidence()).contains("1 of 2 seeds", "r of decay-0 after 1000 epochs: 0.9");

    Evidence other = new Evidence();
    other.add("decay-0", 2, run(1000, _ -> 1.1));
    assertThat(verdict("negative in the end", other).answer()).isEqualTo(Answer.FAILS);
    // a run that has not come so far decides nothing
    other.add("decay-0", 3, run(717, _ -> 0.5));
    assertThat(verdict("negative in the end", other).evidence()).contains("0 of 1 seeds");
  }

  @Test
  void aShorterHalfLifeGoesApartSooner() {
    Evidence evidence = new Evidence();
    evidence.add("decay-0", 1, run(100, _ -> 1));
    evidence.add("decay-1e-2", 1, run(100, epoch -> epoch < 20 ? 1 : 1.2));
    evidence.add("decay-1e-3", 1, run(100, epoch -> epoch < 60 ? 1 : 1.2));

    Verdict verdict = verdict("half-life: sooner apart", evidence);

    assertThat(verdict.answer()).isEqualTo(Answer.HOLDS);
    assertThat(verdict.evidence()).contains("epoch 20 with 1e-2, 60 with 1e-3");
  }

  @Test
  void goalsKnowTheirLimits() {
    Goal loss = Goal.within(Measure.TEST_LOSS, "0.1", 0.1, 0.2, 0.1);
    assertThat(loss.holds(0.0901)).isTrue();
    assertThat(loss.holds(0.0899)).isFalse();
    assertThat(loss.holds(0.2201)).isFalse();
    assertThat(loss.holds(Double.NaN)).isFalse();
    assertThat(loss.limits()).isEqualTo("0.0900 to 0.2200");

    Goal below = Goal.range(Measure.RATIO, "0.925", Double.NEGATIVE_INFINITY, Math.nextDown(.97));
    assertThat(below.holds(.97)).isFalse();
    assertThat(below.holds(.96)).isTrue();
    assertThat(below.limits()).isEqualTo("at most 0.970");
    assertThat(Goal.accuracy("97 %", 97, 97, .3).limits()).isEqualTo("96.70 % to 97.30 %");
    assertThat(Goal.shown(Measure.RATIO, "1").binding()).isFalse();
  }

  @Test
  void ourNumbersStandBesideThePublishedOnes() {
    Evidence evidence = new Evidence();
    evidence.add("decay-0", 1, run(1000, _ -> 0.9));
    evidence.add("decay-0", 2, run(1000, _ -> 0.8));
    StudyResult result =
        new StudyResult(STUDY, List.of(1L, 2L), evidence, List.of(), Map.of("machine", "ours"));
    StudyTables tables = new StudyTables(result);

    List<List<String>> published = tables.published(STUDY.sections().getFirst());

    assertThat(published)
        .anySatisfy(row ->
            assertThat(row)
                .startsWith("A4", "no decay", "1000", "r", "0.925", "at most 0.970")
                .contains("2", "reached"));
    // accuracy 0.5 is far from all of them
    assertThat(published)
        .anySatisfy(row ->
            assertThat(row)
                .startsWith("A4", "no decay", "1000", "test accuracy")
                .endsWith("missed"));
    assertThat(new StudyText(result).csv().lines().count()).isEqualTo(2001);
    assertThat(new StudyText(result).markdown()).contains("- machine: ours");
  }

  @Test
  void aStudyThatSpeaksOfWhatThereIsNotIsRefused() {
    Arm arm = Arm.of("a", "a", Map.of(), 5);
    Published row = Published.of("A1", "a", 6, "", Goal.shown(Measure.RATIO, "1"));
    Section section = new Section("s", "s", "s", "a", List.of(arm), List.of(row), null);

    assertThatThrownBy(() ->
            new Study("x", "x", "x", "digits", Map.of(), List.of(), List.of(section), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A1 speaks of epoch 6 of a");
  }

  @Test
  void armsThatWouldShareAFolderAreRefused() {
    List<Arm> arms = List.of(Arm.of("a", "a", Map.of(), 5), Arm.of("b", "b", Map.of(), 5));
    Section section = new Section("s", "s", "s", "a", arms, List.of(), null);

    assertThatThrownBy(() ->
            new Study("x", "x", "x", "digits", Map.of(), List.of(), List.of(section), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("b has the settings of another arm");
  }

  private static Verdict verdict(String claim, Evidence evidence) {
    return STUDY.claims().stream()
        .filter(each -> each.id().equals(claim))
        .findFirst()
        .orElseThrow()
        .test()
        .apply(evidence);
  }

  /** A run whose centre has so many times the connections of all pixels. */
  private static Trajectory run(int epochs, IntToDoubleFunction ratio) {
    List<EpochReport> reports = new ArrayList<>();
    List<Trajectory.Look> looks = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      reports.add(
          new EpochReport(epoch, 0.1, 0.5, new Evaluation(10, 5, 0.2), 784_000, 0, 1, 1, 1, 0, 0));
      looks.add(look(ratio.applyAsDouble(epoch)));
    }
    return Trajectory.of(reports, looks);
  }

  private static Trajectory.Look look(double ratio) {
    int[] pixels = new int[784];
    int centre = (int) Math.round(1000 * ratio);
    int margin = (1000 * 784 - centre * 196) / 588;
    Arrays.setAll(
        pixels, p -> Math.abs(p / 28 - 13.5) < 7 && Math.abs(p % 28 - 13.5) < 7 ? centre : margin);
    int[] incoming = new int[10_000];
    return new Trajectory.Look(
        Polarity.of(new InputConnectivity(pixels, incoming, IMAGE), IMAGE, Polarity.CONFIDENCE),
        TrendCurve.of(pixels, IMAGE));
  }
}
