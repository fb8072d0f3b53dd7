package dev.rewire.trajectory;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * How far runs are from each other, and where they came from: the distances of all moments of all
 * runs, and a map of them.
 *
 * @param moments of all runs, run by run
 * @param distances between every two moments, in the order of {@code moments}
 * @param map a place for each moment
 */
public record DistanceMap(List<Place> moments, double[][] distances, ClassicalScaling map) {
  /**
   * One moment of one run.
   *
   * @param run number of the run
   * @param epoch after which, 0 for the start
   */
  public record Place(int run, int epoch) {}

  /**
   * Measures all distances.
   *
   * @param moments of each run
   * @param distance of two moments; asked once for each two, because the matching of later layers
   *     makes it depend a little on the order
   * @param done hears how many distances are known
   * @return the distances and their map
   */
  public static DistanceMap of(
      List<List<Moments.Moment>> moments,
      ToDoubleBiFunction<Moments.Moment, Moments.Moment> distance,
      IntConsumer done) {
    List<Moments.Moment> all = moments.stream().flatMap(List::stream).toList();
    double[][] distances = new double[all.size()][all.size()];
    int count = 0;
    for (int a = 0; a < all.size(); a++) {
      for (int b = 0; b < a; b++) {
        distances[a][b] = distance.applyAsDouble(all.get(b), all.get(a));
        distances[b][a] = distances[a][b];
        done.accept(++count);
      }
    }
    return new DistanceMap(places(moments), distances, ClassicalScaling.of(distances));
  }

  private static List<Place> places(List<List<Moments.Moment>> moments) {
    return IntStream.range(0, moments.size())
        .boxed()
        .flatMap(run -> moments.get(run).stream().map(moment -> new Place(run, moment.epoch())))
        .toList();
  }

  /**
   * Returns the distances of the last moments of the runs.
   *
   * @param runs how many there are
   * @return one row and column a run
   */
  public double[][] last(int runs) {
    int[] last = new int[runs];
    for (int m = 0; m < moments.size(); m++) {
      last[moments.get(m).run()] = m;
    }
    double[][] matrix = new double[runs][runs];
    for (int a = 0; a < runs; a++) {
      for (int b = 0; b < runs; b++) {
        matrix[a][b] = distances[last[a]][last[b]];
      }
    }
    return matrix;
  }
}
