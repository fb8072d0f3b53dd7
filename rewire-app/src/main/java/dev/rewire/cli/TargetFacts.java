package dev.rewire.cli;

import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.TargetScale;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What is known of numbers to predict before anyone trains. */
final class TargetFacts {
  private TargetFacts() {}

  /** One line a number: mean, deviation, least and most. */
  static Table table(LoadedDataset data) {
    Table table = new Table("<number to predict", "mean", "deviation", "least", "most");
    json(data)
        .forEach((name, facts) ->
            table.row(
                name,
                word(facts, "mean"),
                word(facts, "deviation"),
                word(facts, "least"),
                word(facts, "most")));
    return table;
  }

  private static String word(Map<String, Float> facts, String key) {
    return String.format(Locale.ROOT, "%.5g", facts.get(key));
  }

  /** The same by name. */
  static Map<String, Map<String, Float>> json(LoadedDataset data) {
    TargetScale scale = TargetScale.fit(data.targets());
    Map<String, Map<String, Float>> all = new LinkedHashMap<>();
    for (int k = 0; k < data.classNames().size(); k++) {
      float least = Float.POSITIVE_INFINITY;
      float most = Float.NEGATIVE_INFINITY;
      for (int s = 0; s < data.size(); s++) {
        least = Math.min(least, data.target(s, k));
        most = Math.max(most, data.target(s, k));
      }
      Map<String, Float> facts = new LinkedHashMap<>();
      facts.put("mean", scale.mean()[k]);
      facts.put("deviation", scale.deviation()[k]);
      facts.put("least", least);
      facts.put("most", most);
      all.put(data.classNames().get(k), facts);
    }
    return all;
  }
}
