package dev.rewire.study;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A question, the runs that answer it, and what others have published about it.
 *
 * @param id name on the command line
 * @param title of its page
 * @param question in a few sentences
 * @param dataset that its runs learn, unless another one is asked for
 * @param base settings that are the same in all runs, by the full name of their key
 * @param measures what arms are compared by, the columns of their tables
 * @param sections parts of the study, in their order
 * @param claims what others have said, to be tested
 */
public record Study(
    String id,
    String title,
    String question,
    String dataset,
    Map<String, String> base,
    List<Measure> measures,
    List<Section> sections,
    List<Claim> claims) {

  /** Checks that arms have different names and that everything speaks of arms that there are. */
  public Study {
    measures = List.copyOf(measures);
    sections = List.copyOf(sections);
    claims = List.copyOf(claims);
    Map<String, Arm> arms = new HashMap<>();
    Set<String> folders = new HashSet<>();
    for (Section section : sections) {
      for (Arm arm : section.arms()) {
        if (arms.put(arm.id(), arm) != null) {
          throw new IllegalArgumentException("two arms have the name " + arm.id());
        }
        if (!folders.add(arm.setting().folder(1))) {
          throw new IllegalArgumentException(
              arm.id() + " has the settings of another arm, and so its folder");
        }
      }
    }
    for (Arm arm : arms.values()) {
      arm.wiring()
          .filter(other -> !arms.containsKey(other))
          .ifPresent(other -> {
            throw new IllegalArgumentException(
                arm.id() + " begins with the topology of " + other + ", which there is not");
          });
    }
    for (Section section : sections) {
      for (Published published : section.published()) {
        Arm arm = arms.get(published.arm());
        if (arm == null || !arm.moments().contains(published.epoch())) {
          throw new IllegalArgumentException(
              "%s speaks of epoch %d of %s, which is not looked at"
                  .formatted(published.id(), published.epoch(), published.arm()));
        }
      }
      Grid grid = section.grid();
      if (grid != null
          && !arms.keySet().containsAll(grid.arms().stream().flatMap(List::stream).toList())) {
        throw new IllegalArgumentException(section.id() + " has a grid of arms that there are not");
      }
    }
  }

  /**
   * Returns all arms.
   *
   * @return section by section
   */
  public List<Arm> arms() {
    return sections.stream().flatMap(section -> section.arms().stream()).toList();
  }

  /**
   * Finds the section of an arm.
   *
   * @param arm one of this study
   * @return the section that has it
   */
  public Section sectionOf(Arm arm) {
    return sections.stream().filter(each -> each.arms().contains(arm)).findFirst().orElseThrow();
  }

  /**
   * Says whether the question is where the first layer looks.
   *
   * @return false if runs need no pictures of their inputs
   */
  public boolean looksAtInputs() {
    return measures.contains(Measure.RATIO) || measures.contains(Measure.POLARITY);
  }

  /**
   * Looks for an arm.
   *
   * @param id its name
   * @return the arm, if there is one of this name
   */
  public Optional<Arm> arm(String id) {
    return arms().stream().filter(arm -> arm.id().equals(id)).findFirst();
  }
}
