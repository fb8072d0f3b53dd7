package dev.rewire.study;

import java.util.List;
import java.util.Optional;

/** The studies that have a name. */
public final class Studies {
  /** All of them. */
  public static final List<Study> ALL = List.of(RegularizationStudy.study(), RuleStudy.study());

  private Studies() {}

  /**
   * Looks for a study.
   *
   * @param id its name
   * @return the study, if there is one
   */
  public static Optional<Study> find(String id) {
    return ALL.stream().filter(study -> study.id().equals(id)).findFirst();
  }
}
