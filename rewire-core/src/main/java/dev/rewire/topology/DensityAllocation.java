package dev.rewire.topology;

import java.util.List;

/** How dense each layer of a network is to begin with. */
public sealed interface DensityAllocation {
  /**
   * Returns the probability of a cell in each layer.
   *
   * @param layers the layers, from the input on
   * @return one number a layer, 0 or more; above 1 only for {@link Epsilon}, where {@link
   *     Sampler#WITH_REPLACEMENT} needs it
   */
  double[] probabilities(List<LayerShape> layers);

  /**
   * Erdős–Rényi by ε (Mocanu et al. 2018, equation 1): {@code p = epsilon * (inputs + outputs) /
   * (inputs * outputs)}, so that the connections of a layer are ε times its neurons.
   *
   * @param epsilon above 0
   */
  record Epsilon(double epsilon) implements DensityAllocation {
    /** Checks ε. */
    public Epsilon {
      if (!(epsilon > 0 && Double.isFinite(epsilon))) {
        throw new IllegalArgumentException("epsilon must be above 0: " + epsilon);
      }
    }

    @Override
    public double[] probabilities(List<LayerShape> layers) {
      return layers.stream().mapToDouble(layer -> epsilon * layer.raw()).toArray();
    }
  }

  /**
   * The same density in every layer.
   *
   * @param density above 0, at most 1
   */
  record Uniform(double density) implements DensityAllocation {
    /** Checks the density. */
    public Uniform {
      checkDensity(density);
    }

    @Override
    public double[] probabilities(List<LayerShape> layers) {
      return layers.stream().mapToDouble(layer -> density).toArray();
    }
  }

  /**
   * Erdős–Rényi(-Kernel) for an overall density (Evci et al. 2020): ε is chosen so that the whole
   * network has this density, layers that would exceed 1 become complete and the others share the
   * rest.
   *
   * @param density of the whole network, above 0, at most 1
   */
  record ErdosRenyiKernel(double density) implements DensityAllocation {
    /** Checks the density. */
    public ErdosRenyiKernel {
      checkDensity(density);
    }

    @Override
    public double[] probabilities(List<LayerShape> layers) {
      double[] probabilities = new double[layers.size()];
      boolean[] complete = new boolean[layers.size()];
      while (true) {
        double epsilon = epsilon(layers, complete);
        double largest = 0;
        for (int l = 0; l < probabilities.length; l++) {
          double raw = layers.get(l).raw();
          probabilities[l] = complete[l] ? 1 : epsilon * raw;
          largest = complete[l] ? largest : Math.max(largest, raw);
        }
        if (epsilon * largest <= 1) {
          return probabilities;
        }
        for (int l = 0; l < probabilities.length; l++) {
          complete[l] |= layers.get(l).raw() == largest;
        }
      }
    }

    private double epsilon(List<LayerShape> layers, boolean[] complete) {
      double wanted = 0;
      double weight = 0;
      for (int l = 0; l < complete.length; l++) {
        LayerShape layer = layers.get(l);
        wanted += density * layer.cells() - (complete[l] ? layer.cells() : 0);
        weight += complete[l] ? 0 : layer.raw() * layer.cells();
      }
      return weight == 0 ? 0 : wanted / weight;
    }
  }

  private static void checkDensity(double density) {
    if (!(density > 0 && density <= 1)) {
      throw new IllegalArgumentException("density must be above 0 and at most 1: " + density);
    }
  }
}
