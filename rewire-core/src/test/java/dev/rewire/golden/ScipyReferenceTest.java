package dev.rewire.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.Scaling;
import dev.rewire.evolution.Choices;
import dev.rewire.evolution.ScipyDrop;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.memory.Floats;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkPass;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.Sgd;
import dev.rewire.optimizer.WeightDecay;
import dev.rewire.random.RandomStreams;
import dev.rewire.testing.Layers;
import dev.rewire.testing.SharedFiles;
import dev.rewire.topology.Topology;
import dev.rewire.train.Preset;
import dev.rewire.train.Recipe;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Twelve training steps of the published SciPy implementation of SET, and what its evolution keeps.
 */
class ScipyReferenceTest {
  private static final String FILE = "set-mlp/scipy-reference.json";

  /** Relative; what single precision leaves of a reference in double precision. */
  private static final double TOLERANCE = 1e-5;

  /** Absolute, for numbers near 0: a tenth of a unit in the last place of the largest weight. */
  private static final double FLOOR = 2e-9;

  /** Cells are output * inputs + input; rows of the file are inputs. */
  private static TreeMap<Long, Float> cells(JsonNode matrix, int inputs) {
    TreeMap<Long, Float> cells = new TreeMap<>();
    for (int i = 0; i < matrix.get("row").size(); i++) {
      long cell = matrix.get("col").get(i).asLong() * inputs + matrix.get("row").get(i).asInt();
      cells.put(cell, (float) matrix.get("value").get(i).asDouble());
    }
    return cells;
  }

  private static Network network(JsonNode golden) {
    int[] dims = SharedFiles.integers(golden.get("dims"));
    Recipe recipe = Preset.SCIPY_LUNG.recipe();
    List<SparseLayer> layers = new ArrayList<>();
    for (int l = 0; l < dims.length - 1; l++) {
      TreeMap<Long, Float> cells = cells(golden.get("initial").get("weights").get(l), dims[l]);
      float[] weights = new float[cells.size()];
      int e = 0;
      for (float weight : cells.values()) {
        weights[e++] = weight;
      }
      layers.add(
          new SparseLayer(
              l,
              Topology.ofCells(
                  dims[l], dims[l + 1], cells.keySet().stream().mapToLong(cell -> cell).toArray()),
              Floats.of(weights),
              Floats.of(SharedFiles.floats(golden.get("initial").get("biases").get(l))),
              l == dims.length - 2 ? recipe.outputActivation() : recipe.activation(),
              recipe.dropout(),
              new Initializer.Normal(0.1)));
    }
    return new Network(layers, recipe.loss(), Scaling.none(), InMemoryDataset.numbered(3), null, 0);
  }

  private static InMemoryDataset data(JsonNode golden) {
    float[][] samples = new float[golden.get("X").size()][];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = SharedFiles.floats(golden.get("X").get(i));
    }
    return InMemoryDataset.of("golden", samples, SharedFiles.integers(golden.get("labels")));
  }

  private static Optimizer optimizer(JsonNode golden) {
    return Sgd.rate(golden.get("learning_rate").asDouble())
        .momentum(golden.get("momentum").asDouble())
        .weightDecay(
            new WeightDecay(WeightDecay.Kind.SCIPY, golden.get("weight_decay").asDouble(), true));
  }

  private static void close(double found, double expected, String what) {
    assertThat(found).as(what).isCloseTo(expected, within(TOLERANCE * Math.abs(expected) + FLOOR));
  }

  @Test
  void thePresetUsesTheSamePieces() {
    Recipe recipe = Preset.SCIPY_LUNG.recipe();
    assertThat(recipe.activation()).isEqualTo(new Activation.Relu());
    assertThat(recipe.outputActivation()).isEqualTo(new Activation.ScipySigmoid());
    assertThat(recipe.loss()).isEqualTo(new Loss.ScipySquaredError());
    assertThat(recipe.dropout()).isEqualTo(Dropout.NONE);
    assertThat(recipe.plan().evolution().drop()).isEqualTo(new ScipyDrop());
    assertThat(recipe.plan().optimizer())
        .hasToString(
            Sgd.rate(0.01)
                .momentum(0.9)
                .weightDecay(new WeightDecay(WeightDecay.Kind.SCIPY, 2e-4, true))
                .toString());
  }

  @Test
  void twelveSteps() {
    JsonNode golden = SharedFiles.golden(FILE);
    Network network = network(golden);
    Optimizer optimizer = optimizer(golden);
    InMemoryDataset data = data(golden);
    network.layers().forEach(layer -> layer.prepare(optimizer));
    assertThat(golden.get("steps").size()).isEqualTo(12);
    try (Compute compute = new Compute(1)) {
      NetworkPass pass = new NetworkPass(network, compute, 2, true);
      int number = 0;
      for (JsonNode step : golden.get("steps")) {
        String where = "step " + number++ + " ";
        int[] rows = SharedFiles.integers(step.get("rows"));
        for (int b = 0; b < rows.length; b++) {
          float[] output = network.predict(sample(data, rows[b]));
          for (int k = 0; k < output.length; k++) {
            close(output[k], step.get("output").get(b).get(k).asDouble(), where + "output");
          }
        }
        double loss = pass.train(data, rows, 0, rows.length, optimizer, new RandomStreams(0));
        close(loss / rows.length, step.get("loss").asDouble(), where + "loss");
        checkParameters(network, step, where);
      }
    }
  }

  private static float[] sample(InMemoryDataset data, int row) {
    float[] sample = new float[data.features()];
    for (int f = 0; f < sample.length; f++) {
      sample[f] = data.feature(row, f);
    }
    return sample;
  }

  private static void checkParameters(Network network, JsonNode step, String where) {
    for (SparseLayer layer : network.layers()) {
      int l = layer.index();
      TreeMap<Long, Float> expected = cells(step.get("weights").get(l), layer.inputs());
      TreeMap<Long, Float> found = Layers.weights(layer);
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      for (Map.Entry<Long, Float> cell : expected.entrySet()) {
        close(found.get(cell.getKey()), cell.getValue(), where + "layer " + l + " weight " + cell);
      }
      double[] biases = SharedFiles.numbers(step.get("biases").get(l));
      for (int j = 0; j < biases.length; j++) {
        close(layer.bias().get(j), biases[j], where + "layer " + l + " bias " + j);
      }
    }
  }

  @Test
  void theSameConnectionsSurvive() {
    JsonNode golden = SharedFiles.golden(FILE);
    int[] dims = SharedFiles.integers(golden.get("dims"));
    JsonNode last = golden.get("steps").get(11);
    for (int l = 0; l < dims.length - 1; l++) {
      TreeMap<Long, Float> cells = cells(last.get("weights").get(l), dims[l]);
      float[] weights = new float[cells.size()];
      int e = 0;
      for (float weight : cells.values()) {
        weights[e++] = weight;
      }
      BitSet dropped = Choices.dropped(new ScipyDrop(), Layers.neuron(weights), 0.3);
      Set<Long> survivors = new TreeSet<>();
      e = 0;
      for (long cell : cells.keySet()) {
        if (!dropped.get(e++)) {
          survivors.add(cell);
        }
      }
      assertThat(survivors)
          .isEqualTo(cells(golden.get("survivors_zeta_0.3").get(l), dims[l]).keySet());
    }
  }
}
