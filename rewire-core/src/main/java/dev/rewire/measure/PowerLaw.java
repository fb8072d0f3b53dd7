package dev.rewire.measure;

import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whether the degrees of a layer follow a power law from some degree on, by the test of Clauset,
 * Shalizi and Newman (SIAM Review 51, 2009). The exponent maximises the likelihood of the discrete
 * law; k<sub>min</sub> is where the distance of Kolmogorov and Smirnov between data and law is
 * least; p is the share of samples, drawn from the law above k<sub>min</sub> and from the data
 * below, that are no nearer to their own best law. Neurons without connections are left out.
 *
 * <p>The two readings of p contradict each other. Under Clauset a small p <em>rules the power law
 * out</em>, and above 0.1 it is plausible: {@link #plausible}. The paper of SET calls a layer
 * scale-free where its one-tailed p is below 0.05, without saying which test it made: {@link
 * #scaleFreeAsInSetPaper}. Even a plausible power law may be beaten by another distribution, see
 * the likelihood ratios.
 *
 * <p>Costs, for each sample, the number of distinct degrees squared and a draw for each neuron.
 *
 * @param alpha exponent, above 1 and at most 100
 * @param least k<sub>min</sub>, the smallest degree of the tail
 * @param distance of Kolmogorov and Smirnov between tail and law, 0 to 1
 * @param tail neurons in the tail
 * @param neurons neurons with a connection
 * @param samples samples that were drawn for p
 * @param p share of samples that are as far from their law or farther, 0 to 1; not a number without
 *     samples
 * @param exponential power law against exponential distribution
 * @param logNormal power law against log-normal distribution
 * @param poisson power law against Poisson distribution, which random layers have
 */
public record PowerLaw(
    double alpha,
    int least,
    double distance,
    long tail,
    long neurons,
    int samples,
    double p,
    LikelihoodRatio exponential,
    LikelihoodRatio logNormal,
    LikelihoodRatio poisson) {
  /** Samples for a p that is known to about 0.015, as Clauset et al. recommend. */
  public static final int SAMPLES = 1000;

  private static final double PLAUSIBLE = 0.1;
  private static final double SIGNIFICANT = 0.05;

  private record Fit(DiscretePowerLaw law, double distance, int from) {}

  /**
   * Fits and tests.
   *
   * @param degrees of one side of a layer
   * @param samples to draw for p, 0 or more; see {@link #SAMPLES}
   * @param streams where chance comes from
   * @param layer number of the layer, which names the stream
   * @param team threads to work on; the result does not depend on how many there are
   * @return the fit, or null where all neurons with a connection have the same degree
   */
  public static @Nullable PowerLaw of(
      Degrees degrees, int samples, RandomStreams streams, int layer, WorkerTeam team) {
    if (samples < 0) {
      throw new IllegalArgumentException("samples must be 0 or more: " + samples);
    }
    DegreeSample data = DegreeSample.of(degrees);
    if (data.distinct() < 2) {
      return null;
    }
    Fit fit = fit(data);
    DegreeSample tail = data.tail(fit.from);
    return new PowerLaw(
        fit.law.alpha(),
        fit.law.least(),
        fit.distance,
        tail.size(),
        data.size(),
        samples,
        p(data, fit, samples, streams, layer, team),
        LikelihoodRatio.of(tail, fit.law, TailAlternatives.exponential(tail)),
        LikelihoodRatio.of(tail, fit.law, TailAlternatives.logNormal(tail)),
        LikelihoodRatio.of(tail, fit.law, TailAlternatives.poisson(tail)));
  }

  /** Tries every degree but the largest one as the least one of the tail. */
  private static Fit fit(DegreeSample data) {
    Fit best = null;
    for (int from = 0; from < data.distinct() - 1; from++) {
      DegreeSample tail = data.tail(from);
      DiscretePowerLaw law = DiscretePowerLaw.fit(tail);
      double distance = law.distance(tail);
      if (best == null || distance < best.distance) {
        best = new Fit(law, distance, from);
      }
    }
    if (best == null) {
      throw new IllegalStateException("a fit needs two different degrees");
    }
    return best;
  }

  private static double p(
      DegreeSample data, Fit fit, int samples, RandomStreams streams, int layer, WorkerTeam team) {
    int[] below = below(data, fit.from);
    int neurons = Math.toIntExact(data.size());
    PowerLawDraws draws = new PowerLawDraws(fit.law);
    boolean[] farther = new boolean[samples];
    team.run(
        samples,
        (sample, worker) -> {
          RandomGenerator random = streams.stream(Purpose.MEASURE, layer, sample);
          int[] drawn = new int[neurons];
          for (int i = 0; i < neurons; i++) {
            int at = random.nextInt(neurons);
            drawn[i] = at < below.length ? below[at] : draws.draw(random);
          }
          DegreeSample synthetic = DegreeSample.of(drawn);
          farther[sample] = synthetic.distinct() < 2 || fit(synthetic).distance >= fit.distance;
        });
    int count = 0;
    for (boolean far : farther) {
      count += far ? 1 : 0;
    }
    return (double) count / samples;
  }

  /** The degrees below the tail, one a neuron. */
  private static int[] below(DegreeSample data, int from) {
    long size = 0;
    for (int i = 0; i < from; i++) {
      size += data.count()[i];
    }
    int[] below = new int[Math.toIntExact(size)];
    int at = 0;
    for (int i = 0; i < from; i++) {
      for (long n = 0; n < data.count()[i]; n++) {
        below[at++] = data.value()[i];
      }
    }
    return below;
  }

  /**
   * Reads p as Clauset et al. do: a power law is plausible above 0.1.
   *
   * @return false where the test rules the power law out
   */
  public boolean plausible() {
    return p > PLAUSIBLE;
  }

  /**
   * Reads p as the paper of SET does (Mocanu et al., Nature Communications 2018): scale-free below
   * 0.05. To be labelled where it is shown; it says the opposite of {@link #plausible}.
   *
   * @return true where that paper would speak of a power law
   */
  public boolean scaleFreeAsInSetPaper() {
    return p < SIGNIFICANT;
  }
}
