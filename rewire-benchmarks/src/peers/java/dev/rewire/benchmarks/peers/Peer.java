package dev.rewire.benchmarks.peers;

import dev.rewire.benchmarks.Child;
import dev.rewire.benchmarks.LayerProblem;
import dev.rewire.benchmarks.Reference;
import dev.rewire.benchmarks.Stopwatch;
import java.util.List;

/** Another system's products of one layer. */
interface Peer extends AutoCloseable {
  /**
   * A way to compute one of the three products.
   *
   * @param name what it is, unique for this peer
   * @param work computes it
   * @param check compares the result with the reference
   */
  record Product(String name, Runnable work, Runnable check) {}

  /** All ways of all products. */
  List<Product> products();

  @Override
  void close();

  /**
   * Checks all products of a peer, then reports seconds of each.
   *
   * @param args peer, layer, threads
   */
  static void main(String[] args) {
    LayerProblem problem = LayerProblem.random(args[1]);
    Reference reference = new Reference(args[0], problem);
    int threads = Integer.parseInt(args[2]);
    try (Peer peer =
        switch (args[0]) {
          case "MKL sparse" -> new MklSparse(problem, reference, threads);
          case "MKL dense" -> new MklDense(problem, reference, threads);
          case "PyTorch dense" -> new TorchDense(problem, reference, threads);
          case "EJML" -> new EjmlSparse(problem, reference, threads);
          default -> throw new IllegalArgumentException(args[0]);
        }) {
      for (Product product : peer.products()) {
        product.work().run();
        product.check().run();
        Child.report(product.name(), Stopwatch.fastest(product.work()));
      }
    }
  }
}
