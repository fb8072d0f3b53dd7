package dev.rewire.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a study has come to so far.
 *
 * @param study the question
 * @param seeds that were asked for
 * @param evidence all that is known of the runs
 * @param runs that were asked for, and how far they are
 * @param facts machine, versions, command, time
 */
public record StudyResult(
    Study study,
    List<Long> seeds,
    Evidence evidence,
    List<RunStatus> runs,
    Map<String, String> facts) {
  /** Copies the lists. */
  public StudyResult {
    seeds = List.copyOf(seeds);
    runs = List.copyOf(runs);
    facts = new LinkedHashMap<>(facts);
  }

  /**
   * Puts the published numbers of a section beside ours.
   *
   * @param section of the study
   * @return one for each number, row by row
   */
  public List<Repetition> repetitions(Section section) {
    return section.published().stream()
        .flatMap(row -> row.goals().stream().map(goal -> Repetition.of(row, goal, evidence)))
        .toList();
  }

  /**
   * Tests the claims.
   *
   * @return a verdict for each claim, in their order
   */
  public Map<Claim, Verdict> verdicts() {
    Map<Claim, Verdict> verdicts = new LinkedHashMap<>();
    study.claims().forEach(claim -> verdicts.put(claim, claim.test().apply(evidence)));
    return verdicts;
  }

  /**
   * Says whether all runs that were asked for are finished.
   *
   * @return false if some are missing
   */
  public boolean complete() {
    return runs.stream().allMatch(RunStatus::finished);
  }
}
