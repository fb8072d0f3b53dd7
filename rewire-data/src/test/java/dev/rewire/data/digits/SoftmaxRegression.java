package dev.rewire.data.digits;

import dev.rewire.dataset.InMemoryDataset;

/** The linear model: what can be had without hidden neurons. */
final class SoftmaxRegression {
  private static final float MEAN = 22;
  private static final float SPREAD = 60;

  private final int width;
  private final int classes;
  private final float[] weights;

  SoftmaxRegression(int width, int classes) {
    this.width = width;
    this.classes = classes;
    this.weights = new float[classes * (width + 1)];
  }

  SoftmaxRegression train(InMemoryDataset data, int epochs) {
    float[] input = new float[width];
    for (int epoch = 0; epoch < epochs; epoch++) {
      float rate = .002f * (epochs - epoch) / epochs;
      for (int s = 0; s < data.size(); s++) {
        load(data, s, input);
        double[] scores = scores(input);
        double largest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
          largest = Math.max(largest, score);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
          scores[c] = Math.exp(scores[c] - largest);
          sum += scores[c];
        }
        for (int c = 0; c < classes; c++) {
          float step = rate * (float) ((data.label(s) == c ? 1 : 0) - scores[c] / sum);
          int row = c * (width + 1);
          for (int i = 0; i < width; i++) {
            weights[row + i] += step * input[i];
          }
          weights[row + width] += step;
        }
      }
    }
    return this;
  }

  double accuracy(InMemoryDataset data) {
    float[] input = new float[width];
    int right = 0;
    for (int s = 0; s < data.size(); s++) {
      load(data, s, input);
      double[] scores = scores(input);
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = scores[c] > scores[best] ? c : best;
      }
      right += best == data.label(s) ? 1 : 0;
    }
    return (double) right / data.size();
  }

  private void load(InMemoryDataset data, int sample, float[] input) {
    for (int i = 0; i < width; i++) {
      input[i] = (data.feature(sample, i) - MEAN) / SPREAD;
    }
  }

  private double[] scores(float[] input) {
    double[] scores = new double[classes];
    for (int c = 0; c < classes; c++) {
      int row = c * (width + 1);
      float sum = weights[row + width];
      for (int i = 0; i < width; i++) {
        sum += weights[row + i] * input[i];
      }
      scores[c] = sum;
    }
    return scores;
  }
}
