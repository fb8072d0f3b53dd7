package dev.rewire.neuron;

import java.util.List;
import java.util.function.Function;

/** The neuron layers that have a name, for settings and files. */
public final class NeuronLayers {
  /** All names, settings at their defaults. */
  public static final List<String> NAMES =
      List.of(
          BatchNorm.NAME, LayerNorm.NAME, NeuronAffine.NAME, SRelu.NAME, KWinners.NAME + ":0.1");

  private NeuronLayers() {}

  /**
   * Finds a layer by its name.
   *
   * @param id as {@link NeuronLayer#id} returns it; numbers behind the name may be left out, but
   *     the share of k-winners
   * @return the layer
   * @throws IllegalArgumentException listing all names, if there is none of this name
   */
  public static NeuronLayer of(String id) {
    String[] parts = id.split(":", -1);
    Function<Integer, Double> number = place -> Double.parseDouble(parts[place]);
    try {
      return switch (parts[0] + "/" + (parts.length - 1)) {
        case BatchNorm.NAME + "/0" -> BatchNorm.DEFAULT;
        case BatchNorm.NAME + "/2" -> new BatchNorm(number.apply(1), number.apply(2));
        case LayerNorm.NAME + "/0" -> LayerNorm.DEFAULT;
        case LayerNorm.NAME + "/1" -> new LayerNorm(number.apply(1));
        case NeuronAffine.NAME + "/0" -> new NeuronAffine();
        case SRelu.NAME + "/0" -> new SRelu();
        case KWinners.NAME + "/1" -> KWinners.share(number.apply(1));
        case KWinners.NAME + "/3" ->
            new KWinners(number.apply(1), number.apply(2), number.apply(3));
        default ->
            throw new IllegalArgumentException(
                "no neuron layer '%s', there are %s".formatted(id, String.join(", ", NAMES)));
      };
    } catch (NumberFormatException bad) {
      throw new IllegalArgumentException(
          "'%s' has no number behind its colon, as in %s".formatted(id, NAMES.getLast()), bad);
    }
  }
}
