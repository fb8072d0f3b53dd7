package dev.rewire.study;

import static dev.rewire.study.RegularizationStudy.DECAY;
import static dev.rewire.study.RegularizationStudy.SHORT;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Experiments that the write-up did not make and nobody has published. */
final class RegularizationExperiments {
  private static final List<String> STRENGTHS = List.of("0", "1e-5", "1e-4", "1e-3", "1e-2");
  private static final List<String> LOSSES = List.of("cross-entropy", "mse");
  private static final List<String> SCALINGS = List.of("global", "unit");
  private static final List<String> REMOVALS = List.of("signed-magnitude", "magnitude");

  private static final String RANDOM = "random";
  private static final List<String> WIRINGS =
      List.of(RANDOM, RegularizationStudy.WITHOUT, "decay-1e-3", "decay-1e-2");

  private RegularizationExperiments() {}

  /**
   * What decides the sign: decay, input scaling, loss and removal, each with each. The arms of the
   * published study are one of the columns.
   */
  static Section separated() {
    List<Arm> arms = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    List<List<String>> grid = new ArrayList<>();
    STRENGTHS.forEach(_ -> grid.add(new ArrayList<>()));
    for (String loss : LOSSES) {
      for (String scaling : SCALINGS) {
        for (String removal : REMOVALS) {
          columns.add(
              "%s, %s, %s"
                  .formatted(
                      loss.equals("mse") ? "MSE" : "CE",
                      scaling.equals("unit") ? "0 to 1" : "standardised",
                      removal.equals("magnitude") ? "|w|" : "by sign"));
          for (int s = 0; s < STRENGTHS.size(); s++) {
            String strength = STRENGTHS.get(s);
            Map<String, String> values = new LinkedHashMap<>();
            values.put(DECAY, new BigDecimal(strength).toPlainString());
            if (!loss.equals("cross-entropy")) {
              values.put("network.loss", loss);
            }
            if (!scaling.equals("global")) {
              values.put("network.scaling", scaling);
            }
            if (!removal.equals("signed-magnitude")) {
              values.put("rewiring.drop", removal);
            }
            String id = "decay-" + strength;
            if (values.size() > 1) {
              id =
                  "%s-%s-%s-%s"
                      .formatted(
                          loss.equals("mse") ? "mse" : "ce",
                          scaling,
                          removal.equals("magnitude") ? "abs" : "sign",
                          strength);
              arms.add(Arm.of(id, title(columns.getLast(), strength), values, SHORT));
            }
            grid.get(s).add(id);
          }
        }
      }
    }
    return new Section(
        "separated",
        "What decides the sign",
        "Published runs differ in many ways at once: the tutorial of 2019 (sigmoid, squared error,"
            + " inputs from 0 to 1) was positive, that of 2020 (softmax, inputs from 0 to 1)"
            + " slightly negative, with the same decay. Here decay, loss, input scaling and removal"
            + " are varied one against the other. With inputs from 0 to 1 the weights of the margin"
            + " get no gradient at all; standardised, the margin is -0.42 and acts as a bias.",
        RegularizationStudy.WITHOUT,
        arms,
        List.of(),
        new Grid(
            STRENGTHS.stream().map(strength -> "decay " + strength).toList(),
            columns,
            grid,
            SHORT,
            Measure.RATIO));
  }

  /** Whether a topology of one sign is worth more than one of the other, or than none. */
  static Section frozen() {
    List<Arm> arms = new ArrayList<>();
    for (String strength : List.of("0", "1e-3")) {
      for (String wiring : WIRINGS) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(DECAY, new BigDecimal(strength).toPlainString());
        values.put("rewiring.rule", "static");
        String title = "a random topology, frozen";
        if (!wiring.equals(RANDOM)) {
          values.put(Arm.WIRING, wiring);
          title = "the last topology of " + wiring + ", frozen";
        }
        arms.add(
            Arm.of(
                "frozen-%s-%s".formatted(wiring, strength),
                "%s, decay %s".formatted(title, strength),
                values,
                SHORT));
      }
    }
    return new Section(
        "frozen",
        "Is a positive topology worth more?",
        "The topologies that long runs have ended with are frozen, their weights drawn anew, and"
            + " trained for 155 epochs without any evolution: those of no decay (negative), of decay"
            + " 1e-3 and of decay 1e-2 (positive), seed by seed, beside a random topology. If the"
            + " sign causes accuracy, it shows here.",
        "frozen-random-0",
        arms,
        List.of(),
        null);
  }

  private static String title(String column, String strength) {
    return "%s, decay %s".formatted(column, strength);
  }
}
