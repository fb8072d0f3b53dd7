package dev.rewire.study;

import dev.rewire.study.Verdict.Answer;
import dev.rewire.sweep.Comparison;
import dev.rewire.sweep.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The tables of a study as rows of words, the first one headings: for pages and terminals alike.
 *
 * @param result what to tell
 */
public record StudyTables(StudyResult result) {
  /**
   * Published numbers beside ours.
   *
   * @param section of the study
   * @return headings and a row for each number
   */
  public List<List<String>> published(Section section) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "row", "run", "epochs", "number", "published", "accepted", "ours", "seeds", "verdict"));
    for (Repetition each : result.repetitions(section)) {
      Measure measure = each.goal().measure();
      rows.add(
          List.of(
              each.published().id(),
              title(each.published().arm()),
              String.valueOf(each.published().epoch()),
              measure.title(),
              each.goal().published(),
              each.goal().limits(),
              meanAndDeviation(measure, each.ours()),
              String.valueOf(each.ours().values().length),
              word(each)));
    }
    return rows;
  }

  private static String word(Repetition repetition) {
    if (!repetition.goal().binding()) {
      return "-";
    }
    return switch (repetition.answer()) {
      case HOLDS -> "reached";
      case FAILS, MIXED -> "missed";
      case OPEN -> "no run yet";
    };
  }

  /**
   * All arms of a section at all epochs that are looked at.
   *
   * @param section of the study
   * @return headings and a row for each arm and epoch that has a run
   */
  public List<List<String>> arms(Section section) {
    List<List<String>> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("run", "epochs", "seeds"));
    result.study().measures().forEach(measure -> heading.add(measure.title()));
    if (result.study().looksAtInputs()) {
      heading.add("sign of each seed");
    }
    heading.add("accuracy against " + title(section.baseline()));
    rows.add(heading);
    for (Arm arm : section.arms()) {
      for (int epoch : moments(arm)) {
        List<Reading> readings = result.evidence().at(arm.id(), epoch);
        if (!readings.isEmpty()) {
          rows.add(row(section, arm, epoch, readings));
        }
      }
    }
    return rows;
  }

  /**
   * A number of arms that differ in two ways; of r also what the polarity of each seed allows to
   * say.
   *
   * @param grid of a section
   * @return headings and a row for each row of the grid
   */
  public List<List<String>> grid(Grid grid) {
    List<List<String>> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of(""));
    heading.addAll(grid.columns());
    rows.add(heading);
    for (int r = 0; r < grid.rows().size(); r++) {
      List<String> row = new ArrayList<>();
      row.add(grid.rows().get(r));
      for (String arm : grid.arms().get(r)) {
        List<Reading> readings = result.evidence().at(arm, grid.epoch());
        row.add(readings.isEmpty() ? "-" : cell(grid.measure(), readings));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String cell(Measure measure, List<Reading> readings) {
    Summary values = Repetition.summary(readings, measure);
    return measure == Measure.RATIO
        ? measure.print(values.mean()) + "  " + signs(readings)
        : meanAndDeviation(measure, values);
  }

  /**
   * Returns the epochs of an arm that are looked at.
   *
   * @param arm of the study
   * @return those that some run has reached, or the last one that there is if all are shorter
   */
  public List<Integer> moments(Arm arm) {
    int longest =
        result.evidence().runs(arm.id()).values().stream()
            .mapToInt(t -> t.epochs())
            .max()
            .orElse(0);
    List<Integer> reached = arm.moments().stream().filter(epoch -> epoch <= longest).toList();
    return reached.isEmpty() && longest > 0 ? List.of(longest) : reached;
  }

  private List<String> row(Section section, Arm arm, int epoch, List<Reading> readings) {
    List<String> row = new ArrayList<>();
    row.add(arm.title());
    row.add(String.valueOf(epoch));
    row.add(String.valueOf(readings.size()));
    for (Measure measure : result.study().measures()) {
      row.add(meanAndDeviation(measure, Repetition.summary(readings, measure)));
    }
    if (result.study().looksAtInputs()) {
      row.add(signs(readings));
    }
    row.add(difference(section, arm, epoch, readings));
    return row;
  }

  /** What each seed's polarity allows to say: plus, minus, or 0 for neither. */
  static String signs(List<Reading> readings) {
    return readings.stream()
        .map(reading ->
            switch (reading.sign()) {
              case POSITIVE -> "+";
              case NEGATIVE -> "-";
              case NONE -> "0";
            })
        .collect(Collectors.joining(" "));
  }

  private String difference(Section section, Arm arm, int epoch, List<Reading> readings) {
    List<Reading> others = result.evidence().at(section.baseline(), epoch);
    if (arm.id().equals(section.baseline()) || others.isEmpty()) {
      return "-";
    }
    Comparison comparison =
        Comparison.of(
            Repetition.summary(others, Measure.TEST_ACCURACY),
            Repetition.summary(readings, Measure.TEST_ACCURACY));
    if (comparison.pairs() == 0) {
      return "-";
    }
    String points = String.format(Locale.ROOT, "%+.2f", 100 * comparison.difference());
    return Double.isNaN(comparison.t())
        ? points
        : points + String.format(Locale.ROOT, " (p %.3f)", comparison.t());
  }

  /**
   * What others have said, and whether it is so.
   *
   * @return headings and a row for each claim
   */
  public List<List<String>> claims() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("claim", "tested by", "verdict", "evidence"));
    result
        .verdicts()
        .forEach((claim, verdict) ->
            rows.add(
                List.of(
                    claim.words(),
                    claim.rule(),
                    verdict.answer().word(),
                    verdict.evidence().isEmpty() ? "-" : verdict.evidence())));
    return rows;
  }

  /**
   * The runs and how far they are.
   *
   * @return headings and a row for each run
   */
  public List<List<String>> runs() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("run", "seed", "epochs", "planned", "seconds", "state", "folder"));
    for (RunStatus run : result.runs()) {
      rows.add(
          List.of(
              title(run.arm()),
              String.valueOf(run.seed()),
              String.valueOf(run.epochs()),
              String.valueOf(run.planned()),
              String.format(Locale.ROOT, "%.0f", run.seconds()),
              !run.diverged().isEmpty()
                  ? "diverged"
                  : run.finished() ? "finished" : run.epochs() > 0 ? "under way" : "missing",
              run.folder()));
    }
    return rows;
  }

  /**
   * Counts the published numbers that were reached.
   *
   * @param answer holds or fails
   * @return how many of all sections
   */
  public long count(Answer answer) {
    return result.study().sections().stream()
        .flatMap(section -> result.repetitions(section).stream())
        .filter(each -> each.goal().binding() && each.answer() == answer)
        .count();
  }

  String title(String arm) {
    return result.study().arm(arm).map(Arm::title).orElse(arm);
  }

  /** For example {@code 97.23 % ± 0.10}. */
  static String meanAndDeviation(Measure measure, Summary values) {
    String mean = measure.print(values.mean());
    double deviation = values.deviation();
    return Double.isNaN(deviation)
        ? mean
        : mean + " ± " + measure.print(deviation).replace(" %", "");
  }
}
