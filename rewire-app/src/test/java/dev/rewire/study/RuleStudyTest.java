package dev.rewire.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.config.Configuration;
import dev.rewire.config.RunSettings;
import dev.rewire.network.Evaluation;
import dev.rewire.report.StudyPage;
import dev.rewire.study.Verdict.Answer;
import dev.rewire.sweep.Setting;
import dev.rewire.train.EpochReport;
import dev.rewire.trajectory.Trajectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleStudyTest {
  private static final Study STUDY = Studies.find("rules").orElseThrow();

  private static RunSettings settings(Arm arm) {
    Map<String, String> values = new LinkedHashMap<>(STUDY.sectionOf(arm).base());
    values.putAll(arm.setting().values());
    return new Setting(values).on(Configuration.EMPTY, 1).settle();
  }

  @Test
  void everyArmIsASettingThatThereIs() {
    for (Arm arm : STUDY.arms()) {
      RunSettings settings = settings(arm);
      assertThat(settings.recipe().plan().seed()).as(arm.id()).isEqualTo(1);
      // else an epoch before the last could not be read from the run
      assertThat(arm.moments().size() == 1 || !settings.recipe().plan().followsRunLength())
          .as(arm.id())
          .isTrue();
    }
  }

  @Test
  void armsLearnTheDataOfTheirSection() {
    Arm arm = STUDY.arm("wide-fashion-rigl").orElseThrow();
    assertThat(settings(arm).request().data()).isEqualTo("fashion-mnist");
    Arm tutorial = STUDY.arm("tutorial-2019-set").orElseThrow();
    assertThat(settings(tutorial).request().holdout().training()).isEqualTo(2000);
    assertThat(settings(tutorial).request().holdout().test()).isEqualTo(1000);
  }

  @Test
  void oneRuleIsBetterThanAnotherSeedBySeed() {
    Evidence evidence = new Evidence();
    evidence.add("wide-set", 1, run(100, .9814));
    assertThat(verdict("rigl", evidence).answer()).isEqualTo(Answer.OPEN);
    evidence.add("wide-rigl", 1, run(100, .9815));
    assertThat(verdict("rigl", evidence).answer()).isEqualTo(Answer.HOLDS);
    evidence.add("wide-set", 2, run(100, .98));
    evidence.add("wide-rigl", 2, run(100, .98));
    assertThat(verdict("rigl", evidence).answer()).isEqualTo(Answer.MIXED);
    evidence.add("paper-set", 1, run(500, .9831));
    evidence.add("paper-static", 1, run(500, .98));
    assertThat(verdict("set, paper", evidence).answer()).isEqualTo(Answer.HOLDS);
    evidence.add("tutorial-2019-set", 1, run(400, .82));
    evidence.add("tutorial-2019-dense", 1, run(400, .826));
    assertThat(verdict("set, dense", evidence).answer()).isEqualTo(Answer.FAILS);
  }

  @Test
  void pagesHaveNoColumnsOfPictures() throws IOException {
    Evidence evidence = new Evidence();
    evidence.add("lenet-set-0.01", 1, run(100, .9582));
    evidence.add("lenet-snfs-0.01", 1, run(100, .9712));
    StudyResult result = new StudyResult(STUDY, List.of(1L), evidence, List.of(), Map.of());

    String text = new StudyText(result).markdown();
    assertThat(text).contains("95.82 %", "95.20 % to 96.40 %", "1,234", "reached", "missed");
    assertThat(text).doesNotContain("polarity", "sign of each seed");
    String page = StudyPage.html(result, null);
    assertThat(page).contains("test accuracy after 100 epochs", "97.12 %");
    assertThat(page).doesNotContain("Trend curves", "sign of a seed");
  }

  private static Verdict verdict(String claim, Evidence evidence) {
    return STUDY.claims().stream()
        .filter(each -> each.id().equals(claim))
        .findFirst()
        .orElseThrow()
        .test()
        .apply(evidence);
  }

  private static Trajectory run(int epochs, double accuracy) {
    int correct = (int) Math.round(10_000 * accuracy);
    List<EpochReport> reports = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      Evaluation test = new Evaluation(10_000, correct, 0.2);
      reports.add(new EpochReport(epoch, 0.1, 0.5, test, 1234, 0, 1, 1, 1, 0, 0));
    }
    return Trajectory.of(reports, List.of());
  }
}
