package dev.rewire.metric;

import dev.rewire.dataset.Dataset;
import java.util.LinkedHashMap;
import java.util.Map;

/** What can be said of a network with one output for each label that a sample may have. */
public final class LabelScores implements Scores {
  private final double threshold;
  private final F1 f1;
  private final Areas areas;
  private final int labels;
  private final long[] having;
  private long samples;
  private long exact;
  private long wrong;

  LabelScores(int labels, int samples, double threshold) {
    this.labels = labels;
    this.threshold = threshold;
    f1 = new F1(labels);
    areas = new Areas(labels, samples);
    having = new long[labels];
  }

  @Override
  public void add(Dataset data, int sample, float[] prediction) {
    int differences = 0;
    for (int k = 0; k < labels; k++) {
      boolean has = data.target(sample, k) > 0.5f;
      boolean said = prediction[k] > threshold;
      differences += has == said ? 0 : 1;
      having[k] += has ? 1 : 0;
      f1.add(k, has, said);
      areas.add(k, prediction[k], has);
    }
    samples++;
    wrong += differences;
    exact += differences == 0 ? 1 : 0;
  }

  @Override
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("exact_match", samples == 0 ? Double.NaN : (double) exact / samples);
    values.put(
        "hamming_loss", samples == 0 ? Double.NaN : (double) wrong / ((double) samples * labels));
    values.put("macro_f1", f1.macro());
    values.put("micro_f1", f1.micro());
    values.put("roc_auc", areas.mean());
    if (areas.uncertainty() > 0) {
      values.put("roc_auc_uncertainty", areas.uncertainty());
    }
    return values;
  }

  /**
   * Returns how well a label is found.
   *
   * @param label which
   * @return its F1, or NaN if it neither occurs nor is said
   */
  public double f1(int label) {
    return f1.value(label);
  }

  /**
   * Returns how many samples have a label.
   *
   * @param label which
   * @return 0 or more
   */
  public long samples(int label) {
    return having[label];
  }
}
