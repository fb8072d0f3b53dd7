package dev.rewire.study;

import static dev.rewire.study.RegularizationStudy.DECAY;
import static dev.rewire.study.RegularizationStudy.EARLY;
import static dev.rewire.study.RegularizationStudy.SHORT;
import static dev.rewire.study.RegularizationStudy.WITHOUT;

import java.util.List;
import java.util.Map;

/** What the write-up left for the future, each item as a setting of the ordinary trainer. */
final class RegularizationFuture {
  private static final String DECAY_OF = "training.weight_decay_of";
  private static final String ZETA = "rewiring.zeta";
  private static final String TARGET = "rewiring.target";
  private static final String GROW = "rewiring.grow";
  private static final String MILD = "0.001";

  private RegularizationFuture() {}

  static Section section() {
    return new Section(
        "future",
        "What the write-up left for the future",
        "Weight decay of single layers, because topology is learnt in the first one; decay that"
            + " rises, because 1e-2 was said to underfit early and 1e-3 to overfit late; zeta that"
            + " falls, so that the topology comes to rest; fewer connections the longer it trains;"
            + " new connections near strong ones, which are their parents."
            + " All with 155 epochs, so that they can be read beside"
            + " the constants of the same length. A schedule says 'until 155': it does not depend"
            + " on the length of the run.",
        WITHOUT,
        List.of(
            arm(
                "layer-first",
                "decay 1e-3 in the first layer only",
                DECAY,
                "0",
                DECAY_OF,
                "0=1e-3"),
            arm(
                "layer-first-strong",
                "decay 1e-2 in the first layer only",
                DECAY,
                "0",
                DECAY_OF,
                "0=1e-2"),
            arm("layer-others", "decay 1e-3 but in the first layer", DECAY, MILD, DECAY_OF, "0=0"),
            arm("no-biases", "decay 1e-3, biases without", DECAY, MILD, DECAY_OF, "biases=0"),
            arm("rising", "decay rising from 0 to 1e-3", DECAY, "0..1e-3 linear until 155"),
            arm(
                "rising-strong",
                "decay rising from 1e-3 to 1e-2",
                DECAY,
                "1e-3..1e-2 linear until 155"),
            arm("falling", "decay falling from 1e-2 to 1e-3", DECAY, "1e-2..1e-3 linear until 155"),
            arm(
                "zeta-falls",
                "no decay, zeta falling to 0",
                DECAY,
                "0",
                ZETA,
                "0.3..0 cosine until 155"),
            arm(
                "zeta-falls-1e-3",
                "decay 1e-3, zeta falling to 0",
                DECAY,
                MILD,
                ZETA,
                "0.3..0 cosine until 155"),
            arm(
                "tighter",
                "no decay, half the connections at 100",
                DECAY,
                "0",
                TARGET,
                "1..0.5 cubic until 100"),
            arm(
                "tighter-1e-3",
                "decay 1e-3, half the connections at 100",
                DECAY,
                MILD,
                TARGET,
                "1..0.5 cubic until 100"),
            arm("parents", "no decay, growth near parents", DECAY, "0", GROW, "parents"),
            arm("parents-1e-3", "decay 1e-3, growth near parents", DECAY, MILD, GROW, "parents")),
        List.of(),
        null);
  }

  private static Arm arm(String id, String title, String key, String value) {
    return Arm.of(id, title, Map.of(key, value), EARLY, SHORT);
  }

  private static Arm arm(
      String id, String title, String key, String value, String other, String with) {
    return Arm.of(id, title, Map.of(key, value, other, with), EARLY, SHORT);
  }
}
