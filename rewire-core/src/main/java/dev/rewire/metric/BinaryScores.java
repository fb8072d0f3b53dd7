package dev.rewire.metric;

import dev.rewire.dataset.Dataset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be said of a network with one output for two classes, that of the second one. */
public final class BinaryScores implements Scores {
  private final double threshold;
  private final F1 f1 = new F1(2);
  private final Areas areas;
  private final @Nullable CalibrationError calibration;
  private final ConfusionMatrix confusion = new ConfusionMatrix(2);
  private long samples;
  private long right;

  BinaryScores(int samples, double threshold, boolean probabilities) {
    this.threshold = threshold;
    areas = new Areas(1, samples);
    calibration = probabilities ? new CalibrationError() : null;
  }

  @Override
  public void add(Dataset data, int sample, float[] prediction) {
    float output = prediction[0];
    int label = data.label(sample);
    int said = output > threshold ? 1 : 0;
    samples++;
    right += said == label ? 1 : 0;
    f1.add(label, said);
    areas.add(0, output, label == 1);
    confusion.add(label, said);
    if (calibration != null) {
      calibration.add(said == 1 ? output : 1 - output, said == label);
    }
  }

  @Override
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("accuracy", samples == 0 ? Double.NaN : (double) right / samples);
    values.put("f1", f1.value(1));
    values.put("macro_f1", f1.macro());
    values.put("roc_auc", areas.mean());
    if (areas.uncertainty() > 0) {
      values.put("roc_auc_uncertainty", areas.uncertainty());
    }
    if (calibration != null) {
      values.put("calibration_error", calibration.value());
    }
    return values;
  }

  /**
   * Returns what was taken for what.
   *
   * @return both classes
   */
  public ConfusionMatrix confusion() {
    return confusion;
  }
}
