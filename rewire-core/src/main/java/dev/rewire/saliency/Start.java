package dev.rewire.saliency;

import java.util.Locale;

/** What decides which connections a network begins with. */
public enum Start {
  /** Chance: the sampler draws them. */
  RANDOM("Mocanu et al. 2018", "connections are drawn, and weights for them", Long.MAX_VALUE),
  /** Connections that the loss of one batch depends on most. */
  SNIP("Lee et al. 2019", "largest |g w| of one batch of 128 samples", 2_000_000_000L),
  /** Connections without which the gradient would be smallest. */
  GRASP(
      "Wang et al. 2020",
      "lowest -w (H g) of 10 samples a class, logits divided by 200",
      2_000_000_000L),
  /** Connections through which most flows; without samples. */
  SYNFLOW(
      "Tanaka et al. 2020",
      "largest |w dR/dw| of the flow R through all |w|, in 100 rounds",
      50_000_000L);

  private final String paper;
  private final String summary;
  private final long cells;

  Start(String paper, String summary, long cells) {
    this.paper = paper;
    this.summary = summary;
    this.cells = cells;
  }

  /**
   * Returns the name used in settings.
   *
   * @return for example {@code snip}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns where it was proposed.
   *
   * @return authors and year
   */
  public String paper() {
    return paper;
  }

  /**
   * Returns what stays.
   *
   * @return a few words
   */
  public String summary() {
    return summary;
  }

  /**
   * Returns the largest network of which all cells are looked at unless a user says otherwise: that
   * takes a few minutes at the most.
   *
   * @return cells of all layers
   */
  public long cells() {
    return cells;
  }
}
