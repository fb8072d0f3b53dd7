package dev.rewire.cli;

import dev.rewire.dataset.Head;
import dev.rewire.metric.ClassScores;
import dev.rewire.network.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a network says about a sample, as a line of CSV or JSON. */
final class PredictionWords {
  private static final String BETWEEN_LABELS = ";";

  private final Network network;
  private final Head head;
  private final List<String> names;
  private final boolean probabilities;

  /** Whether a single output stands for two classes whose probabilities add up to 1. */
  private final boolean both;

  /**
   * Says how to write.
   *
   * @param network what predicts
   * @param probabilities whether each class or label gets its number, too
   */
  PredictionWords(Network network, boolean probabilities) {
    this.network = network;
    this.probabilities = probabilities;
    head = network.head();
    both = head == Head.BINARY && network.loss().givesProbabilities();
    names = both ? network.classNames() : network.meaning().each();
  }

  /** The names of the columns. */
  String header() {
    StringBuilder header = new StringBuilder("sample");
    switch (head) {
      case CLASSES, BINARY -> header.append(",class");
      case MULTI_LABEL -> header.append(",labels");
      case REGRESSION -> names.forEach(name -> header.append(',').append(quoted(name)));
    }
    for (int k = 0; probabilities && k < names.size(); k++) {
      header.append(',').append(quoted("p_" + names.get(k)));
    }
    return header.toString();
  }

  /** One line: the sample's number from 1, and what is said of it. */
  String csv(int sample, float[] prediction) {
    StringBuilder line = new StringBuilder().append(sample + 1);
    switch (head) {
      case CLASSES, BINARY -> line.append(',').append(quoted(name(prediction)));
      case MULTI_LABEL ->
          line.append(',').append(quoted(String.join(BETWEEN_LABELS, labels(prediction))));
      case REGRESSION -> append(line, prediction);
    }
    if (probabilities) {
      append(line, each(prediction));
    }
    return line.toString();
  }

  private static void append(StringBuilder line, float[] numbers) {
    for (float number : numbers) {
      line.append(',').append(number);
    }
  }

  /** The same as an object. */
  String json(int sample, float[] prediction) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("sample", sample + 1);
    switch (head) {
      case CLASSES, BINARY -> line.put("class", name(prediction));
      case MULTI_LABEL -> line.put("labels", labels(prediction));
      case REGRESSION -> line.put("numbers", named(prediction));
    }
    if (probabilities) {
      line.put("probabilities", named(each(prediction)));
    }
    return Json.line(line);
  }

  private Map<String, Float> named(float[] numbers) {
    Map<String, Float> named = new LinkedHashMap<>();
    for (int k = 0; k < numbers.length; k++) {
      named.put(names.get(k), numbers[k]);
    }
    return named;
  }

  private float[] each(float[] prediction) {
    return both ? new float[] {1 - prediction[0], prediction[0]} : prediction;
  }

  private String name(float[] prediction) {
    int best = head == Head.BINARY ? (isOne(prediction[0]) ? 1 : 0) : ClassScores.best(prediction);
    return network.classNames().get(best);
  }

  private List<String> labels(float[] prediction) {
    List<String> labels = new ArrayList<>();
    for (int k = 0; k < prediction.length; k++) {
      if (isOne(prediction[k])) {
        labels.add(names.get(k));
      }
    }
    return labels;
  }

  private boolean isOne(float prediction) {
    return prediction > network.loss().threshold();
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
