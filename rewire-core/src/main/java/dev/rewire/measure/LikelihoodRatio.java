package dev.rewire.measure;

/**
 * Which of two models of the same data is nearer to the truth (Vuong, Econometrica 57, 1989): the
 * logarithm of the ratio of their likelihoods, and whether its sign can be chance.
 *
 * @param ratio above 0 in favour of the power law, below 0 in favour of the other model
 * @param p probability of so large a ratio, of either sign, if both were equally near; where it is
 *     above 0.1 the sign says nothing
 */
public record LikelihoodRatio(double ratio, double p) {
  static LikelihoodRatio of(DegreeSample tail, TailModel law, TailModel other) {
    double[] difference = new double[tail.distinct()];
    double ratio = 0;
    for (int i = 0; i < difference.length; i++) {
      int degree = tail.value()[i];
      difference[i] = law.logProbability(degree) - other.logProbability(degree);
      ratio += tail.count()[i] * difference[i];
    }
    double neurons = tail.size();
    double squares = 0;
    for (int i = 0; i < difference.length; i++) {
      double deviation = difference[i] - ratio / neurons;
      squares += tail.count()[i] * deviation * deviation;
    }
    // sqrt(neurons) times the standard deviation of one neuron's difference.
    double spread = Math.sqrt(squares);
    return new LikelihoodRatio(
        ratio, spread == 0 ? 1 : Math.min(1, 2 * NormalTail.of(Math.abs(ratio) / spread)));
  }
}
