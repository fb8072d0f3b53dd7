package dev.rewire.saliency;

import dev.rewire.kernel.Kernels;
import dev.rewire.kernel.SparseInput;
import dev.rewire.layer.Compute;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.SparseBatch;
import dev.rewire.parallel.Partition;
import dev.rewire.topology.Topology;
import java.util.List;

/** Products with the weights of a sparse network, where a dense one has too many cells. */
final class GraphProduct implements Products {
  private final Compute compute;
  private final List<Topology> topologies;
  private final List<Floats> weights;
  private final List<Floats> biases;

  /** Of the same network, with other weights. */
  GraphProduct with(List<Floats> others) {
    return new GraphProduct(compute, topologies, others, biases);
  }

  GraphProduct(
      Compute compute, List<Topology> topologies, List<Floats> weights, List<Floats> biases) {
    this.compute = compute;
    this.topologies = topologies;
    this.weights = weights;
    this.biases = biases;
  }

  private Partition rows(Topology topology) {
    return Partition.byConnections(topology.rowStart(), 1, compute.team().threads());
  }

  @Override
  public void forward(int layer, Activations x, int tiles, boolean biased, Activations y) {
    Topology topology = topologies.get(layer);
    Floats start = biased ? biases.get(layer) : null;
    Kernels kernels = compute.kernels();
    Partition rows = rows(topology);
    compute
        .team()
        .run(
            rows.parts(),
            (part, worker) -> {
              for (int tile = 0; tile < tiles; tile++) {
                kernels.gather(
                    topology.rowStart(),
                    topology.column(),
                    weights.get(layer),
                    0,
                    start,
                    x,
                    y,
                    tile,
                    rows.from(part),
                    rows.to(part));
              }
            });
  }

  @Override
  public void forward(SparseBatch x, int tiles, Activations y) {
    forward(x, tiles, biases.getFirst(), y);
  }

  /** The same from other biases. */
  void forward(SparseBatch x, int tiles, Floats start, Activations y) {
    Topology topology = topologies.getFirst();
    Partition rows = rows(topology);
    compute
        .team()
        .run(
            rows.parts(),
            (part, worker) ->
                SparseInput.gather(
                    topology.rowStart(),
                    topology.column(),
                    weights.getFirst(),
                    start,
                    x,
                    y,
                    tiles,
                    rows.from(part),
                    rows.to(part),
                    new float[SparseInput.scratch(y.samples())]));
  }

  @Override
  public void backward(int layer, Activations d, int tiles, Activations e) {
    Topology topology = topologies.get(layer);
    topology.index(compute.team());
    Floats ordered = new Floats(topology.connections());
    Kernels kernels = compute.kernels();
    kernels.permute(weights.get(layer), topology.edge(), 0, topology.connections(), ordered);
    Partition rows = Partition.byConnections(topology.inputStart(), 1, compute.team().threads());
    compute
        .team()
        .run(
            rows.parts(),
            (part, worker) -> {
              for (int tile = 0; tile < tiles; tile++) {
                kernels.gather(
                    topology.inputStart(),
                    topology.target(),
                    ordered,
                    0,
                    null,
                    d,
                    e,
                    tile,
                    rows.from(part),
                    rows.to(part));
              }
            });
  }
}
