package dev.rewire.metric;

import dev.rewire.dataset.Dataset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What can be said of a network that predicts numbers, in their own units. Of several numbers the
 * mean is told, in which each weighs the same.
 */
public final class NumberScores implements Scores {
  private final int outputs;
  private final RootMeanSquaredError[] rootMeanSquared;
  private final MeanAbsoluteDifference[] meanAbsolute;
  private final RSquared[] explained;

  NumberScores(int outputs) {
    this.outputs = outputs;
    rootMeanSquared = new RootMeanSquaredError[outputs];
    meanAbsolute = new MeanAbsoluteDifference[outputs];
    explained = new RSquared[outputs];
    for (int k = 0; k < outputs; k++) {
      rootMeanSquared[k] = new RootMeanSquaredError();
      meanAbsolute[k] = new MeanAbsoluteDifference();
      explained[k] = new RSquared();
    }
  }

  @Override
  public void add(Dataset data, int sample, float[] prediction) {
    for (int k = 0; k < outputs; k++) {
      float actual = data.target(sample, k);
      rootMeanSquared[k].add(prediction[k], actual);
      meanAbsolute[k].add(prediction[k], actual);
      explained[k].add(prediction[k], actual);
    }
  }

  @Override
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("rmse", mean(this::rmse));
    values.put("mae", mean(this::mae));
    values.put("r2", r2());
    return values;
  }

  private double mean(IntToDoubleFunction value) {
    return IntStream.range(0, outputs).mapToDouble(value).average().orElse(Double.NaN);
  }

  /**
   * Returns the share of the variance that is explained, the mean over the outputs.
   *
   * @return at most 1
   */
  public double r2() {
    return mean(this::r2);
  }

  /**
   * Returns the root mean squared error of an output.
   *
   * @param output which
   * @return in its units
   */
  public double rmse(int output) {
    return rootMeanSquared[output].value();
  }

  /**
   * Returns the mean absolute error of an output.
   *
   * @param output which
   * @return in its units
   */
  public double mae(int output) {
    return meanAbsolute[output].value();
  }

  /**
   * Returns the share of the variance of an output that is explained.
   *
   * @param output which
   * @return at most 1
   */
  public double r2(int output) {
    return explained[output].value();
  }
}
