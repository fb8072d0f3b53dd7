package dev.rewire.evolution;

import dev.rewire.memory.Floats;
import dev.rewire.topology.Topology;

/**
 * The relative importance of Cannistraci-Hebb training (Zhang et al. 2024): the {@code
 * floor(fraction * connections)} smallest of {@code |w| / (sum of |w| of its input) + |w| / (sum of
 * |w| of its output)}, so that neurons with small weights keep some.
 */
public record RelativeImportanceDrop() implements DropRule {
  @Override
  public void choose(DropSituation situation, double fraction) {
    situation.markSmallest(importance(situation), (int) (fraction * situation.connections()));
  }

  /** Writes the importance of each connection into the scores. */
  static Floats importance(DropSituation situation) {
    Topology topology = situation.layer().topology();
    Floats weight = situation.layer().weight();
    double[] ofInput = new double[topology.inputs()];
    double[] ofOutput = new double[topology.outputs()];
    for (int j = 0; j < ofOutput.length; j++) {
      int end = topology.rowStart().get(j + 1L);
      for (int e = topology.rowStart().get(j); e < end; e++) {
        double magnitude = Math.abs(weight.get(e));
        ofOutput[j] += magnitude;
        ofInput[topology.column().get(e)] += magnitude;
      }
    }
    Floats scores = situation.scores();
    for (int j = 0; j < ofOutput.length; j++) {
      int end = topology.rowStart().get(j + 1L);
      for (int e = topology.rowStart().get(j); e < end; e++) {
        double magnitude = Math.abs(weight.get(e));
        double importance = magnitude / ofInput[topology.column().get(e)] + magnitude / ofOutput[j];
        // Where all weights of a neuron are 0, this one is.
        scores.set(e, magnitude == 0 ? 0f : (float) importance);
      }
    }
    return scores;
  }
}
