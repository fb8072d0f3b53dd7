package dev.rewire.measure;

import java.util.function.ToDoubleFunction;

/** What the tail of a degree distribution may be instead of a power law, fitted to it. */
final class TailAlternatives {
  private static final double LOG_LEAST_WIDTH = -6;
  private static final double LOG_MOST_WIDTH = 4;
  private static final double FARTHEST_CENTRE = 500;
  private static final double SCALE = 1e200;

  private TailAlternatives() {}

  /** p(k) = (1 - e<sup>-l</sup>) e<sup>-l(k - least)</sup>, fitted in closed form. */
  static TailModel exponential(DegreeSample tail) {
    int least = tail.value()[0];
    double rate = Math.log1p(1 / (tail.mean() - least));
    double first = Math.log(-Math.expm1(-rate));
    return degree -> first - rate * (degree - least);
  }

  /** Poisson, given that the degree is not below the least one. */
  static TailModel poisson(DegreeSample tail) {
    int least = tail.value()[0];
    double mean = tail.mean();
    double rate = RootSearch.rising(m -> new TruncatedPoisson(m, least).mean() - mean, 1e-9, mean);
    return new TruncatedPoisson(rate, least);
  }

  private static final class TruncatedPoisson implements TailModel {
    private final double logRate;
    private final int least;
    private double logSum;
    private double mean;

    /** Sums m^j least! / (least + j)! over all j, without overflow. */
    TruncatedPoisson(double rate, int least) {
      logRate = Math.log(rate);
      this.least = least;
      double term = 1;
      double sum = 1;
      double weighted = 0;
      double shift = 0;
      for (int j = 1; least + j <= rate || term > 1e-17 * sum; j++) {
        term *= rate / ((double) least + j);
        sum += term;
        weighted += j * term;
        if (sum > SCALE) {
          term /= SCALE;
          sum /= SCALE;
          weighted /= SCALE;
          shift += Math.log(SCALE);
        }
      }
      logSum = Math.log(sum) + shift;
      mean = least + weighted / sum;
    }

    double mean() {
      return mean;
    }

    @Override
    public double logProbability(int degree) {
      double logFactorials = 0;
      for (int k = least + 1; k <= degree; k++) {
        logFactorials += Math.log(k);
      }
      return (degree - least) * logRate - logFactorials - logSum;
    }
  }

  /** A log-normal variable rounded to whole numbers, given that it is not below the least one. */
  static TailModel logNormal(DegreeSample tail) {
    double centre = tail.meanLog(1);
    ToDoubleFunction<double[]> cost =
        at -> {
          if (at[1] < LOG_LEAST_WIDTH
              || at[1] > LOG_MOST_WIDTH
              || Math.abs(at[0]) > FARTHEST_CENTRE) {
            return Double.POSITIVE_INFINITY;
          }
          TailModel model = new LogNormal(at[0], Math.exp(at[1]), tail.value()[0]);
          double sum = 0;
          for (int i = 0; i < tail.distinct(); i++) {
            sum -= tail.count()[i] * model.logProbability(tail.value()[i]);
          }
          return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
        };
    double[] best = SimplexSearch.minimum(cost, centre, Math.log(0.5));
    return new LogNormal(best[0], Math.exp(best[1]), tail.value()[0]);
  }

  private record LogNormal(double centre, double width, double logTail, int least)
      implements TailModel {
    LogNormal(double centre, double width, int least) {
      this(centre, width, NormalTail.log(place(least - 0.5, centre, width)), least);
    }

    private static double place(double degree, double centre, double width) {
      return (Math.log(degree) - centre) / width;
    }

    @Override
    public double logProbability(int degree) {
      double low = place(degree - 0.5, centre, width);
      return NormalTail.logBetween(low, place(degree + 0.5, centre, width)) - logTail;
    }
  }
}
