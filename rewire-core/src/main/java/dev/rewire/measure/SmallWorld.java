package dev.rewire.measure;

import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a network is a small world: clustered far above chance, and yet with short paths (Watts
 * and Strogatz, Nature 393, 1998). &sigma; = (C / C<sub>rand</sub>) / (L / L<sub>rand</sub>), where
 * C is the clustering of Robins and Alexander over all layers that are not complete (those have 1
 * whatever happens, and would hide the others), L the mean shortest path over the whole network,
 * and the reference a network of the same degrees, see {@link DegreePreserving}. Small world if
 * &sigma; is above 1. Costs what {@link BipartiteClustering}, {@link PathLength} and the reference
 * cost.
 *
 * @param clustering C, 0 to 1
 * @param pathLength L, see {@link PathLength}
 * @param randomClustering C of the reference
 * @param randomPathLength L of the reference
 */
public record SmallWorld(
    double clustering, double pathLength, double randomClustering, double randomPathLength) {
  /** Streams beside those of the samples of {@link PowerLaw}, which count from 0. */
  private static final long REFERENCE = -1;

  private static final long PATHS = -2;

  /**
   * Measures a network and its reference.
   *
   * @param layers from the input on, each as wide as the next one expects
   * @param sources neurons from which paths are measured, see {@link PathLength#SOURCES}
   * @param streams where chance comes from
   * @return both
   */
  public static SmallWorld of(List<Topology> layers, int sources, RandomStreams streams) {
    List<Topology> reference = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      reference.add(
          DegreePreserving.rewired(layers.get(l), streams.stream(Purpose.MEASURE, l, REFERENCE)));
    }
    return new SmallWorld(
        clustering(layers),
        PathLength.of(layers, sources, streams.stream(Purpose.MEASURE, 0, PATHS)).mean(),
        clustering(reference),
        PathLength.of(reference, sources, streams.stream(Purpose.MEASURE, 0, PATHS)).mean());
  }

  private static double clustering(List<Topology> layers) {
    double cycles = 0;
    double threePaths = 0;
    for (Topology layer : layers) {
      if (layer.connections() == layer.cells()) {
        continue;
      }
      BipartiteClustering here = BipartiteClustering.of(layer);
      cycles += here.cycles();
      threePaths += here.threePaths();
    }
    return threePaths == 0 ? 0 : 4 * cycles / threePaths;
  }

  /**
   * Compares with the reference.
   *
   * @return 0 or more; above 1 for a small world, not a number where the reference has no cycle or
   *     no path
   */
  public double sigma() {
    return clustering / randomClustering / (pathLength / randomPathLength);
  }
}
