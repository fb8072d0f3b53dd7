package dev.rewire.saliency;

import dev.rewire.dataset.Dataset;
import dev.rewire.evolution.TopCells;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.Signals;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.network.BatchEnds;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.LayerShape;
import dev.rewire.topology.Sampler;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Chooses the connections that a network begins with by what they are worth at the start, and keeps
 * the very weights that were looked at: pruning at initialisation.
 *
 * <p>The dense network behind it is an {@link ImplicitLayer} each: nothing as large as its cells is
 * ever held, and time is proportional to them. Above a limit of cells, only those of a random
 * network are looked at that has {@value #WIDER} times the connections wanted.
 *
 * <p>As many connections stay in all as a random start would have, shared out over the layers by
 * what they are worth alone. A complete output layer takes no part.
 */
public final class InitialPruning {
  /** How many times the connections wanted a large network has of which the best are chosen. */
  public static final int WIDER = 10;

  private final Start start;
  private final long mostCells;
  private final Compute compute;
  private final Progress progress;

  /** Hears how far a choice is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Something is done.
     *
     * @param share of the whole, 0 to 1
     */
    void at(double share);
  }

  /**
   * What has been done.
   *
   * @param cells how many were looked at
   * @param sampled whether these are only some of the cells of the layers that take part
   * @param connections chosen; those of a complete output layer do not count
   * @param reconnected how many of them are there only so that no layer is cut off
   */
  public record Outcome(long cells, boolean sampled, long connections, int reconnected) {}

  /**
   * Describes a choice.
   *
   * @param start what decides, not {@link Start#RANDOM}
   * @param mostCells the largest network of which all cells are looked at, 0 or more
   * @param compute what to run on; no result depends on its threads
   * @param progress hears how far it is
   */
  public InitialPruning(Start start, long mostCells, Compute compute, Progress progress) {
    if (start == Start.RANDOM) {
      throw new IllegalArgumentException("a random start has nothing to choose by");
    }
    if (mostCells < 0) {
      throw new IllegalArgumentException("the limit of cells must be 0 or more: " + mostCells);
    }
    this.start = start;
    this.mostCells = mostCells;
    this.compute = compute;
    this.progress = progress;
  }

  /**
   * A network without connections, and those that it may have.
   *
   * @param frame tells what is between connections
   * @param weights of all cells
   * @param candidates the layers that take part
   * @param wanted connections of these
   * @param wide a random network to choose from, or empty for all cells
   */
  private record Situation(
      Network frame,
      List<ImplicitLayer> weights,
      Candidates candidates,
      int wanted,
      List<Topology> wide) {
    long connections() {
      return wide.subList(0, Math.min(wide.size(), candidates.taking())).stream()
          .mapToLong(Topology::connections)
          .sum();
    }
  }

  /**
   * Gives a network its connections and weights.
   *
   * @param builder describes it, density and seed included; is given both
   * @param training samples that {@link Start#SNIP} and {@link Start#GRASP} look at
   * @return what has been done
   * @throws IllegalArgumentException if the network or its loss cannot be looked at in this way
   */
  public Outcome apply(NetworkBuilder builder, Dataset training) {
    Situation situation = situation(builder);
    Candidates candidates = situation.candidates;
    WorkerTeam team = compute.team();
    Candidates.Chosen chosen;
    try (TopCells best = new TopCells(situation.wanted, team.threads(), 0)) {
      switch (start) {
        case SNIP -> snip(situation, training, builder.seed(), best);
        case GRASP -> grasp(situation, training, builder.seed(), best);
        default ->
            new SynFlow(compute, situation.weights, candidates, situation.wide, SynFlow.STORED)
                .run(situation.wanted, SynFlow.ROUNDS, best, new Steps(progress, SynFlow.ROUNDS));
      }
      chosen = candidates.choose(best, team);
    }
    builder
        .topologies(chosen.topologies())
        .parameters(weights(situation, chosen.topologies()), biases(situation));
    boolean sampled = !situation.wide.isEmpty();
    return new Outcome(
        sampled ? situation.connections() : candidates.cells(),
        sampled,
        situation.wanted,
        chosen.reconnected());
  }

  private List<Floats> weights(Situation situation, List<Topology> topologies) {
    return IntStream.range(0, topologies.size())
        .mapToObj(l -> situation.weights.get(l).weights(topologies.get(l), compute.team()))
        .toList();
  }

  private static List<Floats> biases(Situation situation) {
    return situation.weights.stream().map(ImplicitLayer::biases).toList();
  }

  private Situation situation(NetworkBuilder builder) {
    List<LayerShape> shapes = builder.shapes();
    int taking = builder.denseOutput() ? shapes.size() - 1 : shapes.size();
    if (taking == 0) {
      throw new IllegalArgumentException(
          "there is nothing for %s to choose: the only layer is a complete output layer, and %s"
              .formatted(start.id(), "network.dense_output=false would make it sparse"));
    }
    double[] probabilities = builder.probabilities();
    long wanted = 0;
    for (int l = 0; l < taking; l++) {
      wanted += Math.round(Math.min(1, probabilities[l]) * shapes.get(l).cells());
    }
    if (wanted < taking || wanted > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(
          "%s chooses %,d to %,d connections, not %,d"
              .formatted(start.id(), taking, Integer.MAX_VALUE / 2, wanted));
    }
    Candidates candidates = new Candidates(shapes, taking);
    List<Topology> wide =
        candidates.cells() <= mostCells ? List.of() : wide(builder, candidates, probabilities);
    Network frame = frame(builder, shapes);
    RandomStreams streams = new RandomStreams(builder.seed());
    List<ImplicitLayer> weights = new ArrayList<>();
    for (SparseLayer layer : frame.layers()) {
      int l = layer.index();
      ImplicitLayer dense =
          ImplicitLayer.of(
              layer.inputs(), layer.outputs(), layer.initializer(), streams, layer.index());
      // fewer connections carry as much as all would only if they are stronger
      boolean stronger = !wide.isEmpty() && layer.initializer() instanceof Initializer.SparseHe;
      weights.add(stronger ? dense.times(1 / Math.sqrt(wide.get(l).density())) : dense);
    }
    return new Situation(frame, weights, candidates, (int) wanted, wide);
  }

  /** Everything about the network but its connections. */
  private static Network frame(NetworkBuilder builder, List<LayerShape> shapes) {
    Network frame =
        builder
            .topologies(
                shapes.stream()
                    .map(shape -> Topology.ofCells(shape.inputs(), shape.outputs(), new long[0]))
                    .toList())
            .build();
    builder.topologies(List.of());
    return frame;
  }

  private List<Topology> wide(
      NetworkBuilder builder, Candidates candidates, double[] probabilities) {
    RandomStreams streams = new RandomStreams(builder.seed());
    List<Topology> wide = new ArrayList<>();
    for (int l = 0; l < probabilities.length; l++) {
      LayerShape shape = builder.shapes().get(l);
      double probability = l < candidates.taking() ? Math.min(1, WIDER * probabilities[l]) : 1;
      RandomGenerator random = streams.stream(Purpose.TOPOLOGY, l, 0);
      wide.add(
          Sampler.EXACT.draw(shape.inputs(), shape.outputs(), probability, random, compute.team()));
    }
    return wide;
  }

  private BatchPass pass(Situation situation, BatchEnds ends, int samples, Steps steps) {
    Products product =
        situation.wide.isEmpty()
            ? new TileProduct(
                compute, situation.weights, Activations.padded(BatchPass.batch(samples)))
            : graph(situation);
    return new BatchPass(
        compute, product, situation.frame.layers(), ends, samples, layer -> steps.done());
  }

  private GraphProduct graph(Situation situation) {
    return new GraphProduct(
        compute, situation.wide, weights(situation, situation.wide), biases(situation));
  }

  private void snip(Situation situation, Dataset training, long seed, TopCells best) {
    int[] order = SampleChoice.any(training, Snip.SAMPLES, seed);
    BatchEnds ends = read(situation, training, order);
    int layers = situation.weights.size();
    Steps steps = new Steps(progress, 2 * layers + situation.candidates.taking());
    BatchPass pass = pass(situation, ends, order.length, steps);
    pass.forward();
    ends.judge(pass.outputs(layers - 1), pass.gradients(layers - 1));
    pass.backward(List.of());
    if (situation.wide.isEmpty()) {
      Snip.offer(pass, situation.weights, situation.candidates, compute, best, steps);
    } else {
      List<Floats> weights = weights(situation, situation.wide);
      Snip.offer(pass, situation.wide, weights, situation.candidates, compute, best, steps);
    }
  }

  private void grasp(Situation situation, Dataset training, long seed, TopCells best) {
    Network frame = situation.frame;
    Grasp.check(frame.layers(), frame.loss());
    int[] order = SampleChoice.ofEachClass(training, Grasp.SAMPLES, Grasp.MOST_SAMPLES, seed);
    BatchEnds ends = read(situation, training, order);
    int layers = situation.weights.size();
    Steps steps = new Steps(progress, 4 * layers + situation.candidates.taking());
    BatchPass pass = pass(situation, ends, order.length, steps);
    Grasp grasp = new Grasp(compute, pass, frame.layers(), frame.loss(), steps);
    grasp.gradient(ends);
    if (situation.wide.isEmpty()) {
      grasp.change(new LowRank(pass, compute));
      grasp.offer(situation.weights, situation.candidates, best);
    } else {
      grasp.change(new GraphDirection(pass, graph(situation), gradients(situation, pass)));
      List<Floats> weights = weights(situation, situation.wide);
      grasp.offer(situation.wide, weights, situation.candidates, best);
    }
  }

  private List<Floats> gradients(Situation situation, BatchPass pass) {
    List<Floats> gradients = new ArrayList<>();
    for (int l = 0; l < situation.wide.size(); l++) {
      Topology topology = situation.wide.get(l);
      Floats gradient = new Floats(topology.connections());
      new Signals(compute, List.of(pass.signals(l))).ofConnections(topology, gradient);
      gradients.add(gradient);
    }
    return gradients;
  }

  private BatchEnds read(Situation situation, Dataset training, int[] order) {
    BatchEnds ends = new BatchEnds(situation.frame, compute, BatchPass.batch(order.length));
    ends.read(training, order);
    return ends;
  }
}
