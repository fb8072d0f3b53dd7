package dev.rewire.metric;

import dev.rewire.dataset.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be said of a network with one output a class. */
public final class ClassScores implements Scores {
  private final int classes;
  private final List<Integer> places = new ArrayList<>();
  private final List<TopK> tops = new ArrayList<>();
  private final F1 f1;
  private final Areas areas;
  private final @Nullable CalibrationError calibration;
  private final @Nullable ConfusionMatrix confusion;
  private long samples;
  private long right;

  ClassScores(int classes, int samples, boolean probabilities) {
    this.classes = classes;
    for (int k : new int[] {3, 5}) {
      if (classes > k) {
        places.add(k);
        tops.add(new TopK(k));
      }
    }
    f1 = new F1(classes);
    areas = new Areas(classes == 2 ? 1 : classes, samples);
    calibration = probabilities ? new CalibrationError() : null;
    confusion = classes <= ConfusionMatrix.MOST_CLASSES ? new ConfusionMatrix(classes) : null;
  }

  @Override
  public void add(Dataset data, int sample, float[] prediction) {
    int label = data.label(sample);
    int best = best(prediction);
    samples++;
    right += best == label ? 1 : 0;
    tops.forEach(top -> top.add(prediction, label));
    f1.add(label, best);
    if (classes == 2) {
      // the area of the one class is that of the other
      areas.add(0, prediction[1], label == 1);
    } else {
      for (int k = 0; k < classes; k++) {
        areas.add(k, prediction[k], label == k);
      }
    }
    if (calibration != null) {
      calibration.add(prediction[best], best == label);
    }
    if (confusion != null) {
      confusion.add(label, best);
    }
  }

  /**
   * Finds what a sample is taken for.
   *
   * @param prediction one number a class
   * @return the class with the highest number, the first one on a tie
   */
  public static int best(float[] prediction) {
    int best = 0;
    for (int k = 1; k < prediction.length; k++) {
      if (prediction[k] > prediction[best]) {
        best = k;
      }
    }
    return best;
  }

  @Override
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("accuracy", samples == 0 ? Double.NaN : (double) right / samples);
    for (int i = 0; i < tops.size(); i++) {
      values.put("top_" + places.get(i) + "_accuracy", tops.get(i).value());
    }
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
   * @return all classes, or null if there are more than {@link ConfusionMatrix#MOST_CLASSES}
   */
  public @Nullable ConfusionMatrix confusion() {
    return confusion;
  }
}
