package dev.rewire.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the rounds of a lottery came to.
 *
 * @param metric what they are compared by
 * @param arms names of what was trained in each round, the ticket first
 * @param rounds those that are finished, from 0
 */
public record LotteryResult(String metric, List<String> arms, List<Round> rounds) {
  /**
   * One round.
   *
   * @param number 0 for the network that nothing was taken from
   * @param connections of its networks
   * @param density share of the possible connections
   * @param values the metric of each arm; NaN where there is none
   */
  public record Round(int number, long connections, double density, double[] values) {}

  /**
   * Says whether values are shares that people read in percent.
   *
   * @return true for accuracies
   */
  public boolean inPercent() {
    return metric.endsWith("accuracy");
  }

  /**
   * Returns the table for people.
   *
   * @return rows of words, the first one headings
   */
  public List<List<String>> table() {
    List<List<String>> rows = new ArrayList<>();
    List<String> headings = new ArrayList<>(List.of("round", "connections", "density"));
    headings.addAll(arms);
    rows.add(headings);
    for (Round round : rounds) {
      List<String> row = new ArrayList<>();
      row.add(String.valueOf(round.number()));
      row.add(String.format(Locale.ROOT, "%,d", round.connections()));
      row.add(String.format(Locale.ROOT, "%.2f %%", 100 * round.density()));
      for (double value : round.values()) {
        row.add(words(value));
      }
      rows.add(row);
    }
    return rows;
  }

  private String words(double value) {
    return Double.isNaN(value)
        ? "-"
        : inPercent()
            ? String.format(Locale.ROOT, "%.2f %%", 100 * value)
            : String.format(Locale.ROOT, "%.4g", value);
  }

  /**
   * Returns the table with every digit.
   *
   * @return CSV with a heading
   */
  public String csv() {
    StringBuilder text = new StringBuilder("round,connections,density,metric,");
    text.append(String.join(",", arms)).append('\n');
    for (Round round : rounds) {
      text.append(round.number()).append(',').append(round.connections()).append(',');
      text.append(round.density()).append(',').append(metric);
      for (double value : round.values()) {
        text.append(',').append(Double.isNaN(value) ? "" : String.valueOf(value));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /**
   * Returns the table for a document.
   *
   * @return Markdown
   */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    Markdown.table(text, table(), true);
    return text.toString();
  }

  /**
   * Returns the rounds for programs.
   *
   * @return one map a round
   */
  public List<Map<String, @Nullable Object>> json() {
    return rounds.stream().map(this::json).collect(Collectors.toList());
  }

  private Map<String, @Nullable Object> json(Round round) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("round", round.number());
    json.put("connections", round.connections());
    json.put("density", round.density());
    for (int a = 0; a < arms.size(); a++) {
      double value = round.values()[a];
      json.put(arms.get(a), Double.isFinite(value) ? (Double) value : null);
    }
    return json;
  }
}
