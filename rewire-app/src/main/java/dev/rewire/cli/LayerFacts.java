package dev.rewire.cli;

import dev.rewire.choice.LayerPattern;
import dev.rewire.layer.Activation;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One layer in numbers.
 *
 * @param index number of the layer, from 0
 * @param name name of the layer
 * @param inputs neurons before it
 * @param outputs neurons of it
 * @param activation names of its neuron layers and of its function
 * @param connections how many there are
 * @param density share of the possible ones
 * @param fanIn connections that reach a neuron
 * @param fanOut connections that leave an input
 * @param weights the weights; biases are left out
 * @param unreached neurons that nothing reaches
 * @param unused inputs that nothing leaves
 */
record LayerFacts(
    int index,
    String name,
    int inputs,
    int outputs,
    String activation,
    int connections,
    double density,
    Spread fanIn,
    Spread fanOut,
    Spread weights,
    int unreached,
    int unused) {

  /**
   * Where numbers lie.
   *
   * @param least the smallest
   * @param mean the average
   * @param most the largest
   * @param deviation the standard deviation
   */
  record Spread(double least, double mean, double most, double deviation) {
    Map<String, @Nullable Object> json() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("min", Json.number(least));
      json.put("mean", Json.number(mean));
      json.put("max", Json.number(most));
      json.put("deviation", Json.number(deviation));
      return json;
    }
  }

  private static final class Sum {
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;
    private double sum;
    private double squares;
    private long count;

    void add(double value) {
      least = Math.min(least, value);
      most = Math.max(most, value);
      sum += value;
      squares += value * value;
      count++;
    }

    Spread spread() {
      double mean = sum / count;
      return new Spread(least, mean, most, Math.sqrt(Math.max(0, squares / count - mean * mean)));
    }
  }

  static LayerFacts of(SparseLayer layer, int layers) {
    Topology topology = layer.topology();
    Sum fanIn = new Sum();
    Sum fanOut = new Sum();
    Sum weights = new Sum();
    int unreached = 0;
    int unused = 0;
    for (int j = 0; j < topology.outputs(); j++) {
      fanIn.add(topology.fanIn(j));
      unreached += topology.fanIn(j) == 0 ? 1 : 0;
    }
    for (int i = 0; i < topology.inputs(); i++) {
      fanOut.add(topology.fanOut(i));
      unused += topology.fanOut(i) == 0 ? 1 : 0;
    }
    Floats values = layer.weight();
    for (long e = 0; e < values.length(); e++) {
      weights.add(values.get(e));
    }
    return new LayerFacts(
        layer.index(),
        LayerPattern.name(layer.index(), layers),
        layer.inputs(),
        layer.outputs(),
        chain(layer),
        topology.connections(),
        topology.density(),
        fanIn.spread(),
        fanOut.spread(),
        weights.spread(),
        unreached,
        unused);
  }

  /** What follows the weighted sums; an identity behind something else is left out. */
  private static String chain(SparseLayer layer) {
    List<String> names = new ArrayList<>();
    layer.neurons().forEach(numbers -> names.add(numbers.layer().id()));
    if (names.isEmpty() || !(layer.activation() instanceof Activation.Identity)) {
      names.add(layer.activation().id());
    }
    return String.join(", ", names);
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("layer", index);
    json.put("name", name);
    json.put("inputs", inputs);
    json.put("outputs", outputs);
    json.put("activation", activation);
    json.put("connections", connections);
    json.put("density", density);
    json.put("sparsity", 1 - density);
    json.put("fan_in", fanIn.json());
    json.put("fan_out", fanOut.json());
    json.put("weights", weights.json());
    json.put("unreached_neurons", unreached);
    json.put("unused_inputs", unused);
    return json;
  }
}
