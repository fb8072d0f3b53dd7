package dev.rewire.config;

import dev.rewire.layer.Activation;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.loss.Loss;
import dev.rewire.saliency.Start;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.topology.DensityAllocation.Epsilon;
import dev.rewire.topology.DensityAllocation.ErdosRenyiKernel;
import dev.rewire.topology.DensityAllocation.Uniform;
import dev.rewire.topology.Sampler;
import dev.rewire.train.ScalingKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The network to draw. */
final class NetworkKeys {
  static final String EPSILON = "network.epsilon";
  static final String DENSITY = "network.density";
  static final String SPARSITY = "network.sparsity";
  static final String ALLOCATION = "network.allocation";
  static final String MODEL_FROM = "network.model_from";
  static final String SCALING = "network.scaling";
  static final String LOSS = "network.loss";
  static final String OUTPUT_ACTIVATION = "network.output_activation";

  private static final String UNIFORM = "uniform";
  private static final String ERK = "erk";

  private static final KeyType<Activation> ACTIVATION =
      Types.named(
          NeuronKeys.PLAIN_ACTIVATIONS,
          NeuronKeys.NUMBERED_ACTIVATIONS,
          Activation::of,
          Activation::id);

  static final KeyType<Initializer> INITIALIZER =
      Types.named(
          List.of("he-uniform", "glorot-uniform", "synapses", "torch-linear"),
          List.of("normal", "sparse-he"),
          Initializer::of,
          Initializer::id);

  /** The shares that a density and a sparsity can have. */
  private static final KeyType<Double> SHARE = Types.number(Range.DENSITY);

  static final List<Key<?>> ALL =
      List.of(
          Key.at("network.hidden", Types.wholes(Range.AT_LEAST_1), "recipe.hidden")
              .option("--hidden", "N,N,..")
              .means("Neurons of each hidden layer, or none."),
          new Key<Double>(
                  EPSILON,
                  Types.number(Range.POSITIVE),
                  settings ->
                      settings.recipe().density() instanceof Epsilon(double epsilon)
                          ? (Double) epsilon
                          : null,
                  (settings, epsilon, all) ->
                      settings.withRecipe(settings.recipe().withDensity(new Epsilon(epsilon))))
              .option("--epsilon", "E")
              .means(
                  "How many connections: a layer has E x (inputs + outputs) of them, drawn at"
                      + " random; the output layer has all."),
          new Key<Double>(
                  DENSITY,
                  SHARE,
                  settings -> {
                    Double density = density(settings);
                    return density != null && sparsity(density) == null ? density : null;
                  },
                  NetworkKeys::share)
              .option("--density", "D")
              .otherwise("epsilon decides")
              .means(
                  "Instead of epsilon: the share of possible connections that exist, over the"
                      + " whole network."),
          new Key<Double>(
                  SPARSITY,
                  Types.number(Range.BELOW_1),
                  settings -> {
                    Double density = density(settings);
                    return density == null ? null : sparsity(density);
                  },
                  (settings, sparsity, all) -> share(settings, 1 - sparsity, all))
              .option("--sparsity", "S")
              .otherwise("epsilon decides")
              .means("The same, said the other way round: the share that is missing, 1 - density."),
          new Key<String>(
                  ALLOCATION,
                  Types.choice(allocations()),
                  settings ->
                      switch (settings.recipe().density()) {
                        case Epsilon _ -> null;
                        case Uniform _ -> UNIFORM;
                        case ErdosRenyiKernel _ -> ERK;
                      },
                  (settings, allocation, all) -> settings)
              .option("--allocation", "HOW")
              .otherwise("erk, if there is a density")
              .means(
                  "How density or sparsity is shared out: erk gives small layers a higher density,"
                      + " uniform gives all the same and keeps the output layer complete."),
          LayerKeys.key(
                  "network.density_of",
                  Types.number(Range.DENSITY),
                  "hidden-1=0.02,output=1",
                  "recipe.densityOf")
              .option("--density-of", "LAYER=D,..")
              .means(
                  "Layers that have another share of their possible connections: hidden-1, hidden-2"
                      + " and so on, output, or patterns as hidden-*; later ones count. The"
                      + " other layers are as dense as epsilon or density says, among themselves."),
          Key.at("network.sampler", Types.constants(Sampler.class), "recipe.sampler")
              .means(
                  "How connections are drawn: bernoulli each on its own, exact a given number, and"
                      + " with-replacement so that doubles collapse, as SciPy's SET does. receptive-field gives"
                      + " each neuron as many inputs, most of them across from it (BRF)."),
          Key.at("network.topology_from", Types.PATH, "beginning.topology")
              .option("--topology-from", "MODEL|RUN")
              .otherwise("drawn")
              .means(
                  "Begin with the connections of another model, or of the end of a run, instead of"
                      + " drawing them; weights are drawn anew. Of a run that took connections out"
                      + " for its last test, all are there."),
          Key.at(MODEL_FROM, Types.PATH, "beginning.model")
              .option("--from", "MODEL|RUN")
              .otherwise("new")
              .means(
                  "Train the network of another model or run on, with its connections, weights and"
                      + " shape, and a fresh optimizer."),
          Key.at("network.keep_step", Types.FLAG, "beginning.keepStep")
              .option("--keep-step", "")
              .means(
                  "With --from a checkpoint: go on at its step. The schedules of rate, decay and so"
                      + " on, the samples of its epoch and the memory of the optimizer go on, and"
                      + " none of them begins anew."),
          Key.at("network.start", Types.constants(Start.class), "beginning.start")
              .option("--start", "HOW")
              .means(
                  "What decides which connections the network begins with: random, or what each of"
                      + " all possible ones is worth at the start: snip by the loss of a batch,"
                      + " grasp by the gradient's norm, synflow by what flows through it. As many"
                      + " as density or epsilon say, over all layers; their weights stay."),
          Key.at("network.start_cells", Types.seed(), "beginning.startCells")
              .otherwise("2000000000, for synflow 50000000")
              .means(
                  "The largest network of which a start looks at all cells; of larger ones it looks"
                      + " at ten times the connections wanted, drawn at random."),
          Key.at("network.dense_output", Types.FLAG, "recipe.denseOutput")
              .means("Whether the output layer has all connections."),
          NeuronKeys.ACTIVATION_KEY,
          NeuronKeys.NORMALIZATION_KEY,
          Key.at(OUTPUT_ACTIVATION, ACTIVATION, "recipe.outputActivation")
              .means("Activation function of outputs."),
          Key.at("network.dropout", Types.number(Range.BELOW_1), "recipe.dropout.rate")
              .option("--dropout", "P")
              .means("Probability of a hidden neuron to be switched off in a training step."),
          Key.at(
                  "network.dropout_style",
                  Types.constants(Dropout.Style.class),
                  "recipe.dropout.style")
              .means(
                  "inverted: what remains is scaled up while training. tutorial-2019: only to"
                      + " repeat results of that tutorial."),
          initializer("network.initializer", "sparse-he", "recipe.initializer")
              .means(
                  "Where weights begin; sparse-he is He's initialisation by the fan-in that a"
                      + " neuron really has."),
          initializer("network.output_initializer", "same", "recipe.outputInitializer")
              .means("Where weights of the output layer begin."),
          Key.at(
                  LOSS,
                  Types.named(
                      Loss.ALL.stream().map(Loss::id).toList(),
                      List.of("huber"),
                      Loss::of,
                      Loss::id),
                  "recipe.loss")
              .option("--loss", "NAME")
              .means(
                  "What training minimises: for classes cross-entropy or multi-margin; for labels"
                      + " that are there or not binary-cross-entropy (default) or hinge; for numbers"
                      + " mse (default), mae, or huber, which is mse near the target and mae beyond"
                      + " 1 deviation (huber:0.5 beyond half of one)."),
          Key.at(SCALING, Types.constants(ScalingKind.class), "recipe.scaling")
              .option("--scaling", "HOW")
              .otherwise("unit, of sparse data max-abs")
              .means(
                  "How raw features are scaled. Only none, unit, max-abs, log1p and log1p-max-abs"
                      + " leave zeros 0, as sparse data need it."));

  private NetworkKeys() {}

  private static Map<String, String> allocations() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put(ERK, ERK);
    words.put(UNIFORM, UNIFORM);
    return words;
  }

  private static @Nullable Double density(RunSettings settings) {
    return switch (settings.recipe().density()) {
      case Epsilon _ -> null;
      case Uniform(double density) -> density;
      case ErdosRenyiKernel(double density) -> density;
    };
  }

  /** The sparsity that means exactly this density; null if rounding leaves none. */
  private static @Nullable Double sparsity(double density) {
    double sparsity = 1 - density;
    return 1 - sparsity == density ? sparsity : null;
  }

  /** An overall density counts the output layer, so there it must be free to be sparse. */
  private static RunSettings share(RunSettings settings, double density, Configuration all) {
    if (UNIFORM.equals(all.value(ALLOCATION))) {
      return settings.withRecipe(settings.recipe().withDensity(new Uniform(density)));
    }
    DensityAllocation overall = new ErdosRenyiKernel(density);
    return Component.of("recipe.denseOutput")
        .with(settings.withRecipe(settings.recipe().withDensity(overall)), false);
  }

  /** An initializer, or a word for none. */
  private static Key<Optional<Initializer>> initializer(String path, String none, String place) {
    KeyType<Initializer> type = INITIALIZER;
    KeyType<Optional<Initializer>> optional =
        new KeyType<>(
            type.words(),
            type.schema(),
            type.candidates(),
            text -> Optional.of(type.parser().apply(text)),
            value -> type.printer().apply(value.orElseThrow()));
    Component<Initializer> component = Component.of(place);
    return new Key<>(
        path,
        Types.orWord(optional, none, Optional.empty()),
        settings -> Optional.ofNullable(component.get(settings)),
        (settings, value, all) -> component.with(settings, value.orElse(null)));
  }
}
