package dev.rewire.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.data.Holdout;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.stream.StreamOptions;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.LayerChoices;
import dev.rewire.evolution.PublishedRule;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.Limits;
import dev.rewire.optimizer.Adagrad;
import dev.rewire.optimizer.Adam;
import dev.rewire.optimizer.Common;
import dev.rewire.optimizer.DeepR;
import dev.rewire.optimizer.L1;
import dev.rewire.optimizer.Lion;
import dev.rewire.optimizer.RmsProp;
import dev.rewire.optimizer.Sgd;
import dev.rewire.optimizer.TopKast;
import dev.rewire.optimizer.WeightDecay;
import dev.rewire.schedule.Constant;
import dev.rewire.schedule.Schedule;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.train.NeuronRemoval;
import dev.rewire.train.Plateau;
import dev.rewire.train.Preset;
import dev.rewire.train.Recipe;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
  @TempDir Path folder;

  /** A value for each key that no preset has, so that nothing can come back by itself. */
  private static final Map<String, String> UNUSUAL =
      Map.ofEntries(
          Map.entry("data.dataset", "mnist"),
          Map.entry("data.data_dir", "/somewhere/data"),
          Map.entry("data.test", "/somewhere/test.csv"),
          Map.entry("data.label", "the class: \"x\" # y"),
          Map.entry("data.labels", "/somewhere/labels.txt"),
          Map.entry("data.test_labels", "/somewhere/test-labels.txt"),
          Map.entry("data.x", "fea"),
          Map.entry("data.y", "gnd"),
          Map.entry("data.missing", "drop-row"),
          Map.entry("data.ignore", "id,17"),
          Map.entry("data.samples_in", "columns"),
          Map.entry("data.head", "multi-label"),
          Map.entry("data.features", "77"),
          Map.entry("data.first_index", "1"),
          Map.entry("data.test_fraction", "0.37"),
          Map.entry("data.split_seed", "-9000000000000000001"),
          Map.entry("data.validation_fraction", "0.13"),
          Map.entry("data.folds", "5"),
          Map.entry("data.training_samples", "50"),
          Map.entry("data.test_samples", "20"),
          Map.entry("data.fold", "2"),
          Map.entry("data.augment", "shift=2,rotate=10,flip"),
          Map.entry("data.stream", "true"),
          Map.entry("data.cache_dir", "/somewhere/cache"),
          Map.entry("network.hidden", "[7, 8, 9]"),
          Map.entry("network.epsilon", "3.25"),
          Map.entry("network.density", "0.1"),
          Map.entry("network.sparsity", "0.9"),
          Map.entry("network.density_of", "hidden-1=0.02, output=1.0"),
          Map.entry("network.allocation", "uniform"),
          Map.entry("network.sampler", "with-replacement"),
          Map.entry("network.topology_from", "/somewhere/run"),
          Map.entry("network.model_from", "/somewhere/model.safetensors"),
          Map.entry("network.keep_step", "true"),
          Map.entry("network.start", "synflow"),
          Map.entry("network.start_cells", "123456"),
          Map.entry("network.dense_output", "false"),
          Map.entry("network.activation", "leaky-relu:0.37"),
          Map.entry("network.normalization", "batch-norm"),
          Map.entry("network.output_activation", "tanh"),
          Map.entry("network.dropout", "0.123"),
          Map.entry("network.dropout_style", "tutorial-2019"),
          Map.entry("network.initializer", "normal:0.37"),
          Map.entry("network.output_initializer", "glorot-uniform"),
          Map.entry("network.loss", "mse"),
          Map.entry("network.scaling", "max-abs"),
          Map.entry("training.preset", "tutorial-2020"),
          Map.entry("training.epochs", "0"),
          Map.entry("training.patience", "7"),
          Map.entry("training.monitor", "loss"),
          Map.entry("training.batch", "77"),
          Map.entry("training.optimizer", "adamw"),
          Map.entry("training.lr", "1e-300 step 0.5 every 3"),
          Map.entry("training.momentum", "0.77"),
          Map.entry("training.dampening", "0.5"),
          Map.entry("training.nesterov", "true"),
          Map.entry("training.beta1", "0.77"),
          Map.entry("training.beta2", "0.777"),
          Map.entry("training.eps", "1e-7"),
          Map.entry("training.amsgrad", "true"),
          Map.entry("training.bias_correction", "birth"),
          Map.entry("training.alpha", "0.7"),
          Map.entry("training.centered", "true"),
          Map.entry("training.temperature", "1e-5 until 3 then 1e-9"),
          Map.entry("training.drift", "0.01"),
          Map.entry("training.exploration", "2.5"),
          Map.entry("training.clip_value", "0.77"),
          Map.entry("training.clip_norm", "7"),
          Map.entry("training.max_norm", "3.5"),
          Map.entry("training.label_smoothing", "0.15"),
          Map.entry("training.plateau", "6"),
          Map.entry("training.plateau_factor", "0.3"),
          Map.entry("training.plateau_threshold", "0.01"),
          Map.entry("training.weight_decay", "0.1234567890123456789"),
          Map.entry("training.weight_decay_kind", "decoupled"),
          Map.entry("training.weight_decay_biases", "false"),
          Map.entry("training.weight_decay_of", "0=1e-2..0 linear, output.weights=0, biases=3"),
          Map.entry("training.l1", "1e-7 until 3 then 1e-6"),
          Map.entry("training.l1_kind", "proximal"),
          Map.entry("training.l1_of", "hidden=0.5"),
          Map.entry("training.seed", "9223372036854775807"),
          Map.entry("training.threads", "77"),
          Map.entry("training.memory", "lean"),
          Map.entry("pruning.neurons", "0.15"),
          Map.entry("pruning.after", "3"),
          Map.entry("pruning.every", "7"),
          Map.entry("pruning.compact", "true"),
          Map.entry("rewiring.rule", "static"),
          Map.entry("rewiring.rule_of", "hidden-*=rigl, output=static"),
          Map.entry("rewiring.zeta_of", "hidden-1=0.5..0 cosine until 9, output=0.25"),
          Map.entry("rewiring.zeta", "0.5..0.1 power:2.5 until 75%"),
          Map.entry("rewiring.when", "chance:0.125"),
          Map.entry("rewiring.drop", "magnitude"),
          Map.entry("rewiring.grow", "parents"),
          Map.entry("rewiring.drop_lambda", "0.5"),
          Map.entry("rewiring.drop_batches", "3"),
          Map.entry("rewiring.drop_power", "0.5"),
          Map.entry("rewiring.least_share", "0.5"),
          Map.entry("rewiring.active_share", "0.25"),
          Map.entry("rewiring.path_score", "ra-l3"),
          Map.entry("rewiring.path_sampled", "true"),
          Map.entry("rewiring.cosine_batches", "3"),
          Map.entry("rewiring.cosine_random_share", "0.25"),
          Map.entry("rewiring.exact_cells", "1000"),
          Map.entry("rewiring.candidates", "2.5"),
          Map.entry("rewiring.candidate_source", "graest"),
          Map.entry("rewiring.growth_momentum", "0.5"),
          Map.entry("rewiring.growth_batches", "7"),
          Map.entry("rewiring.across", "surviving"),
          Map.entry("rewiring.parent_power", "2.5"),
          Map.entry("rewiring.random_share", "0.25"),
          Map.entry("rewiring.target", "1..0.5 cubic from 2 until 9"),
          Map.entry("rewiring.may_return", "false"),
          Map.entry("rewiring.newborn_weight", "normal:0.5"),
          Map.entry("rewiring.newborn_state", "mean"),
          Map.entry("rewiring.last_update", "full"),
          Map.entry("rewiring.timing", "around-test"),
          Map.entry("rewiring.evolve_output", "true"),
          Map.entry("rewiring.max_density", "0.5"));

  private Configuration read(String yaml) throws IOException {
    return ConfigFile.read(
        Files.writeString(folder.resolve("run.yaml"), yaml), Configuration.EMPTY);
  }

  private RunSettings again(RunSettings settings) throws IOException {
    return read(ConfigText.yaml(ConfigText.sections(settings))).settle();
  }

  private static Configuration given(String... assignments) {
    Configuration configuration = Configuration.EMPTY;
    for (String assignment : assignments) {
      configuration = configuration.assign(assignment, Origin.SET);
    }
    return configuration;
  }

  /** What has to be chosen for some numbers to mean anything. */
  private static final Map<String, String> NEEDED =
      Map.ofEntries(
          Map.entry("rewiring.parent_power", "rewiring.grow=parents"),
          Map.entry("rewiring.random_share", "rewiring.grow=parents"),
          Map.entry("rewiring.exact_cells", "rewiring.grow=gradient"),
          Map.entry("rewiring.candidates", "rewiring.grow=sampled-gradient"),
          Map.entry("rewiring.candidate_source", "rewiring.grow=sampled-gradient"),
          Map.entry("rewiring.growth_momentum", "rewiring.grow=momentum"),
          Map.entry("rewiring.growth_batches", "rewiring.grow=momentum"),
          Map.entry("rewiring.path_score", "rewiring.grow=paths"),
          Map.entry("rewiring.path_sampled", "rewiring.grow=paths"),
          Map.entry("rewiring.cosine_batches", "rewiring.grow=cosine"),
          Map.entry("rewiring.cosine_random_share", "rewiring.grow=cosine"),
          Map.entry("rewiring.drop_lambda", "rewiring.drop=magnitude-gradient"),
          Map.entry("rewiring.drop_batches", "rewiring.drop=movement"),
          Map.entry("rewiring.drop_power", "rewiring.drop=soft-magnitude"),
          Map.entry("rewiring.least_share", "rewiring.drop=fan-in"),
          Map.entry("rewiring.active_share", "rewiring.drop=top-kast"));

  @ParameterizedTest
  @EnumSource(Preset.class)
  void everyPresetComesBackFromItsFile(Preset preset) throws IOException {
    RunSettings settings = given("training.preset=" + preset.id()).settle();

    assertThat(settings.recipe()).isEqualTo(preset.recipe());
    assertThat(again(settings)).isEqualTo(settings);
  }

  /** Each key alone: it changes the settings, and only its file brings them back. */
  static List<Key<?>> keys() {
    return Keys.ALL;
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyKeyComesBackFromItsFile(Key<?> key) throws IOException {
    List<String> assignments = new ArrayList<>();
    assignments.add(key.path() + "=" + UNUSUAL.get(key.path()));
    if (key.path().equals("network.allocation")) {
      assignments.add("network.sparsity=0.75");
    }
    if (NEEDED.containsKey(key.path())) {
      assignments.add(NEEDED.get(key.path()));
    }
    if (Set.of("beta1", "beta2", "eps", "amsgrad", "bias_correction").contains(key.name())) {
      assignments.add("training.optimizer=adam");
    }
    if (key.name().startsWith("plateau_")) {
      assignments.add("training.plateau=3");
    }
    if (Set.of("alpha", "centered").contains(key.name())) {
      assignments.add("training.optimizer=rmsprop");
    }
    if (Set.of("temperature", "drift").contains(key.name())) {
      assignments.add("training.optimizer=deepr");
    }
    if (Set.of("exploration", "active_share").contains(key.name())) {
      assignments.add("training.optimizer=top-kast");
    }
    if (key.path().equals("data.folds")) {
      assignments.add("data.fold=4");
    }
    if (key.path().equals("data.fold")) {
      assignments.add("data.folds=7");
    }
    RunSettings settings = given(assignments.toArray(String[]::new)).settle();

    assertThat(settings).isNotEqualTo(Configuration.EMPTY.settle());
    assertThat(key.print(settings)).isNotNull();
    assertThat(again(settings)).isEqualTo(settings);
    assertThat(again(again(settings))).isEqualTo(settings);
  }

  /** A rule by name is all of its settings, and comes back from the file of a run. */
  @ParameterizedTest
  @EnumSource(PublishedRule.class)
  void everyRuleComesBackFromItsFile(PublishedRule rule) throws IOException {
    Configuration configuration =
        Configuration.EMPTY.assign("rewiring.rule=" + rule.id(), Origin.SET);
    RunSettings settings = configuration.settle();
    assertThat(settings.recipe().plan().evolution()).isEqualTo(rule.evolution());
    assertThat(PublishedRule.nearest(rule.evolution())).isEqualTo(rule);
    assertThat(again(settings)).isEqualTo(settings);
  }

  /** Details of a file are those of another rule; what is typed in one command counts together. */
  @Test
  void detailsOfAWeakerPlaceDoNotChangeARule() throws IOException {
    Key<?> name = Keys.require("rewiring.rule", "test");
    Configuration file = read("rewiring:\n  zeta: 0.125\n");
    Evolution strong =
        file.with(name, "rigl", Origin.option("--rule")).settle().recipe().plan().evolution();
    assertThat(strong).isEqualTo(PublishedRule.RIGL.evolution());
    Configuration typed = Configuration.EMPTY.assign("rewiring.zeta=0.125", Origin.SET);
    for (Origin origin : List.of(Origin.SET, Origin.option("--rule"))) {
      Evolution same = typed.with(name, "rigl", origin).settle().recipe().plan().evolution();
      assertThat(same.when())
          .isEqualTo(new UpdateSchedule.EverySteps(100, Schedule.constant(0.125)));
    }
    Evolution swept = typed.with(name, "rigl", Origin.SWEEP).settle().recipe().plan().evolution();
    assertThat(swept).isEqualTo(PublishedRule.RIGL.evolution());
  }

  /**
   * Where a file says nothing, the preset counts: so a file must say what a preset would change.
   */
  @ParameterizedTest
  @MethodSource("keys")
  void everyKeyOfTheDefaultWinsOverAnyPreset(Key<?> key) throws IOException {
    Object usual = key.print(Configuration.EMPTY.settle());
    for (Preset preset : Preset.values()) {
      if (usual != null && !key.path().equals("training.preset")) {
        Configuration both = given("training.preset=" + preset.id(), key.path() + "=" + usual);
        assertThat(key.print(both.settle())).isEqualTo(usual);
        assertThat(again(both.settle())).isEqualTo(both.settle());
      }
    }
  }

  /** A component that is added to these records needs a key, or a run cannot be described. */
  @Test
  void everyComponentOfTheSettingsHasAKey() {
    assertThat(names(Recipe.class))
        .containsExactlyInAnyOrder(
            "hidden",
            "density",
            "densityOf",
            "sampler",
            "denseOutput",
            "neuronLayers",
            "activation",
            "outputActivation",
            "dropout",
            "initializer",
            "outputInitializer",
            "loss",
            "scaling",
            "plan");
    assertThat(names(TrainingPlan.class))
        .containsExactlyInAnyOrder(
            "optimizer",
            "evolution",
            "layerChoices",
            "batch",
            "epochs",
            "seed",
            "threads",
            "memory",
            "limits",
            "labelSmoothing",
            "plateau",
            "neuronRemoval");
    assertThat(names(NeuronRemoval.class))
        .containsExactlyInAnyOrder("percentile", "after", "every");
    assertThat(names(Limits.class))
        .containsExactlyInAnyOrder("gradientValue", "gradientNorm", "weightNorm");
    assertThat(names(Plateau.class)).containsExactlyInAnyOrder("patience", "factor", "threshold");
    assertThat(names(LayerChoices.class)).containsExactlyInAnyOrder("zeta", "rule");
    assertThat(names(Evolution.class))
        .containsExactlyInAnyOrder(
            "drop",
            "grow",
            "when",
            "target",
            "mayReturn",
            "newbornWeight",
            "newbornState",
            "last",
            "timing",
            "evolveOutput",
            "maxDensity",
            "distribution");
    assertThat(names(DatasetRequest.class))
        .containsExactlyInAnyOrder(
            "data",
            "test",
            "read",
            "labels",
            "testLabels",
            "testFraction",
            "seed",
            "holdout",
            "stream",
            "augmentation");
    assertThat(names(Beginning.class))
        .containsExactlyInAnyOrder("topology", "model", "start", "startCells", "keepStep");
    assertThat(names(Holdout.class))
        .containsExactlyInAnyOrder("validation", "folds", "fold", "training", "test");
    assertThat(names(StreamOptions.class)).containsExactlyInAnyOrder("always", "cacheFolder");
    assertThat(names(Stopping.class)).containsExactlyInAnyOrder("patience", "monitor");
    assertThat(names(Sgd.Settings.class))
        .containsExactlyInAnyOrder("common", "momentum", "dampening", "nesterov");
    assertThat(names(Common.class)).containsExactlyInAnyOrder("rate", "decay", "l1");
    assertThat(names(Adam.Settings.class))
        .containsExactlyInAnyOrder("common", "beta1", "beta2", "epsilon", "amsgrad", "correction");
    assertThat(names(RmsProp.Settings.class))
        .containsExactlyInAnyOrder("common", "alpha", "epsilon", "centered", "momentum");
    assertThat(names(Adagrad.Settings.class)).containsExactlyInAnyOrder("common", "epsilon");
    assertThat(names(TopKast.Settings.class))
        .containsExactlyInAnyOrder("common", "momentum", "exploration");
    assertThat(names(DeepR.Settings.class))
        .containsExactlyInAnyOrder("common", "drift", "temperature");
    assertThat(names(Lion.Settings.class)).containsExactlyInAnyOrder("common", "beta1", "beta2");
    assertThat(names(WeightDecay.class))
        .containsExactlyInAnyOrder("kind", "strength", "biases", "exceptions");
    assertThat(names(L1.class)).containsExactlyInAnyOrder("kind", "strength", "exceptions");
  }

  private static List<String> names(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  @Test
  void everyKeyExplainsItself() {
    for (Key<?> key : Keys.ALL) {
      assertThat(key.description()).as(key.path()).endsWith(".");
      assertThat(key.type().words()).as(key.path()).isNotBlank();
      assertThat(key.fallback()).as(key.path()).isNotBlank().doesNotContain("Optional");
      assertThat(Keys.sections()).containsKey(key.section());
    }
    assertThat(Keys.ALL).extracting(Key::path).doesNotHaveDuplicates();
    assertThat(UNUSUAL.keySet())
        .as("a key needs a value in this test")
        .isEqualTo(Set.copyOf(Keys.ALL.stream().map(Key::path).toList()));
  }

  @Test
  void aStrongerPlaceOverridesAWeakerOne() throws IOException {
    Configuration file = read("training:\n  preset: klear\n  epochs: 3\n  batch: 30\n  lr: 0.3\n");
    Configuration set = file.assign("training.batch=31", Origin.SET);
    Configuration option =
        set.with(Keys.require("training.lr", "test"), "0.32", Origin.option("--lr"))
            .assign("training.lr=0.9", Origin.SET);
    RunSettings settings = option.settle();

    TrainingPlan plan = settings.recipe().plan();
    assertThat(plan.epochs()).isEqualTo(3);
    assertThat(plan.batch()).isEqualTo(31);
    assertThat(((Sgd) plan.optimizer()).settings().common().rate()).isEqualTo(new Constant(0.32));
    assertThat(((Sgd) plan.optimizer()).settings().momentum()).isEqualTo(0.5);
    assertThat(ConfigText.explained(option, settings))
        .containsPattern("epochs: 3 +# .*run.yaml:3\n")
        .containsPattern("batch: 31 +# --set\n")
        .containsPattern("lr: 0.32 +# --lr\n")
        .containsPattern("momentum: 0.5 +# preset klear\n")
        .containsPattern("test_fraction: 0.2 +# default\n");
    assertThat(read(ConfigText.explained(option, settings)).settle()).isEqualTo(settings);
  }

  @Test
  void sparsityIsTheFractionOfZeros() {
    RunSettings sparse = given("network.sparsity=0.95").settle();

    assertThat(sparse.recipe().density())
        .isEqualTo(new DensityAllocation.ErdosRenyiKernel(1 - 0.95));
    assertThat(sparse.recipe().denseOutput()).isFalse();
    assertThat(ConfigText.sections(sparse).get("network"))
        .containsEntry("sparsity", 0.95)
        .doesNotContainKeys("density", "epsilon");
    assertThat(
            given("network.density=0.2", "network.allocation=uniform").settle().recipe().density())
        .isEqualTo(new DensityAllocation.Uniform(0.2));
  }

  @Test
  void theStrongestWayToSayADensityCounts() throws IOException {
    Configuration file = read("network:\n  sparsity: 0.9\n  allocation: uniform\n");

    assertThat(file.assign("network.epsilon=3", Origin.SET).settle().recipe().density())
        .isEqualTo(new DensityAllocation.Epsilon(3));
    assertThat(file.assign("network.density=0.3", Origin.SET).settle().recipe().density())
        .isEqualTo(new DensityAllocation.Uniform(0.3));
  }

  @Test
  void staticOverridesWhatAWeakerPlaceSaysAboutRewiring() throws IOException {
    Configuration file = read("rewiring:\n  zeta: 0.2\n  drop: magnitude\n");

    assertThat(file.settle().recipe().plan().evolution()).isNotNull();
    assertThat(file.assign("rewiring.rule=static", Origin.SET).settle().recipe().plan().evolution())
        .isNull();
  }

  @Test
  void layersMayMoveWhereTheOthersAreStatic() throws IOException {
    Configuration file =
        read("rewiring:\n  rule: static\n  rule_of: hidden-1=set\n  zeta_of: hidden-1=0.1\n");

    TrainingPlan plan = file.settle().recipe().plan();
    assertThat(plan.evolution()).isNull();
    assertThat(plan.evolutions(4).getFirst().when()).isInstanceOf(UpdateSchedule.ByLayer.class);
    assertThat(plan.evolutions(4).subList(1, 4)).containsOnlyNulls();
    assertThat(again(file.settle())).isEqualTo(file.settle());
    assertThat(file.assign("rewiring.rule=static", Origin.SET).settle().recipe().plan().evolves())
        .isFalse();
  }

  @Test
  void aRuleBringsWhatItNeeds() throws IOException {
    RunSettings deepr = given("rewiring.rule=deepr", "training.lr=0.02").settle();
    assertThat(deepr.recipe().plan().optimizer()).isEqualTo(DeepR.rate(0.02));
    assertThat(again(deepr)).isEqualTo(deepr);
    Configuration file = read("training:\n  optimizer: sgd\n  momentum: 0.5\n");
    assertThat(file.assign("rewiring.rule=deepr", Origin.SET).settle().recipe().plan().optimizer())
        .isInstanceOf(DeepR.class);
    for (String rule : List.of("rule=deepr", "drop=dormant", "rule_of=hidden-1=deepr")) {
      assertThatThrownBy(() -> given("training.optimizer=sgd", "rewiring." + rule).settle())
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("choose the optimizer deepr");
    }

    RunSettings proximal = given("rewiring.rule=proximal").settle();
    L1 penalty = ((Sgd) proximal.recipe().plan().optimizer()).settings().common().l1();
    assertThat(penalty).isEqualTo(L1.proximal(1e-4));
    assertThat(again(proximal)).isEqualTo(proximal);
    RunSettings strong = given("rewiring.rule=proximal", "training.l1=0.5").settle();
    assertThat(((Sgd) strong.recipe().plan().optimizer()).settings().common().l1())
        .isEqualTo(L1.proximal(0.5));
    assertThat(again(strong)).isEqualTo(strong);
  }

  /** One that the preset does not have begins with its own numbers, whatever the preset has. */
  @Test
  void anotherOptimizerBeginsAnew() {
    RunSettings adamw =
        given("training.preset=klear", "training.optimizer=adamw", "training.lr=0.5").settle();

    assertThat(adamw.recipe().plan().optimizer())
        .isEqualTo(
            Adam.rate(0.5).weightDecay(new WeightDecay(WeightDecay.Kind.DECOUPLED, 0.01, true)));
    assertThat(ConfigText.sections(adamw).get("training"))
        .containsEntry("optimizer", "adamw")
        .containsEntry("beta2", 0.999)
        .doesNotContainKeys("momentum", "dampening", "nesterov", "alpha", "centered");
    assertThat(given("training.preset=klear", "training.optimizer=sgd").settle())
        .isEqualTo(given("training.preset=klear").settle());
  }

  @Test
  void anotherOptimizerOverridesWhatAWeakerPlaceSaysAboutTheFirst() throws IOException {
    Configuration file =
        read("training:\n  momentum: 0.7\n  lr: 0.2\n  weight_decay_kind: coupled\n");

    RunSettings adamw = file.assign("training.optimizer=adamw", Origin.SET).settle();
    assertThat(adamw.recipe().plan().optimizer())
        .isEqualTo(
            Adam.rate(0.2).weightDecay(new WeightDecay(WeightDecay.Kind.DECOUPLED, 0.01, true)));
    assertThatThrownBy(() ->
            file.assign("training.optimizer=adam", Origin.SET)
                .assign("training.momentum=0.5", Origin.SET)
                .settle())
        .hasMessageContaining("--set training.momentum: means nothing to the optimizer adam");
  }

  @Test
  void initializersCanBeTakenBack() {
    Recipe klear = given("training.preset=klear").settle().recipe();
    Recipe plain =
        given(
                "training.preset=klear",
                "network.initializer=sparse-he",
                "network.output_initializer=same")
            .settle()
            .recipe();

    assertThat(klear.outputInitializer()).isEqualTo(new Initializer.TorchLinear());
    assertThat(plain.initializer()).isNull();
    assertThat(plain.outputInitializer()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "network:;  epsilom: 3 | run.yaml:2: there is no key network.epsilom, did you mean network.epsilon?",
        "network:;  lr: 3 | run.yaml:2: there is no key network.lr, did you mean training.lr?",
        "netwrk:;  epsilon: 3 | run.yaml:1: there is no section netwrk, did you mean network?",
        "epsilon: 3 | run.yaml:1: epsilon belongs into a section: did you mean network.epsilon?",
        "network: 3 | run.yaml:1: network is a section",
        "network:;  epsilon: -3 | run.yaml:2: network.epsilon must be above 0, not -3",
        "network:;  epsilon: many | run.yaml:2: network.epsilon must be a number above 0, not 'many'",
        "network:;  epsilon: [3] | run.yaml:2: network.epsilon must be a number above 0, not '[3]'",
        "network:;  epsilon:;    a: 3 | network.epsilon must be a number above 0, not a section",
        "network:;  hidden: [3, [4]] | run.yaml:2: network.hidden must be a list of whole numbers",
        "network:;  hidden: [3, 0] | run.yaml:2: network.hidden must be whole numbers",
        "network:;  activation: rely | network.activation must be relu, leaky-relu,",
        "network:;  activation: leaky-relu:2 | slope of leaky-relu must be above 0",
        "network:;  initializer: normal:x | network.initializer has no number behind its colon",
        "network:;  dense_output: maybe | must be true or false, not maybe",
        "network:;  epsilon: 3;  sparsity: 0.9 | run.yaml:2: network.epsilon and",
        "network:;  allocation: erk | run.yaml:2: network.allocation shares out a density",
        "network:;  epsilon: 3;  epsilon: 4 | run.yaml:3: network.epsilon is given a second time, first in line 2",
        "network:;network: | run.yaml:2: network is given a second time",
        "training:;  epochs: 1.5 | run.yaml:2: training.epochs must be a whole number 0 or more, not '1.5'",
        "training:;  epochs: 99999999999 | must be between 0 and 2147483647",
        "training:;  seed: 1e30 | training.seed must be a whole number",
        "training:;  nesterov: true;  momentum: 0 | run.yaml:2: training.nesterov: ",
        "training:;  optimizer: adam;  momentum: 0.9 | run.yaml:3: training.momentum: means nothing to the optimizer adam: leave it out, or choose one of sgd, rmsprop, top-kast",
        "training:;  beta1: 0.9 | run.yaml:2: training.beta1: means nothing to the optimizer sgd: leave it out, or choose one of adam, adamw, lion",
        "training:;  optimizer: lion;  eps: 1 | choose one of adam, adamw, rmsprop, adagrad",
        "training:;  optimizer: adam;  beta2: 1 | run.yaml:3: training.beta2 must be 0 or more and below 1, not 1",
        "training:;  optimizer: adam;  weight_decay_kind: decoupled | the decay of adam is not decoupled, that of adamw is: choose the optimizer adamw",
        "training:;  optimizer: adamw;  weight_decay_kind: scipy | choose the optimizer adam",
        "training:;  optimizer: ada | run.yaml:2: training.optimizer must be sgd, adam, adamw, rmsprop, adagrad, deepr, lion or top-kast, not ada",
        "training:;  plateau_factor: 0.5 | run.yaml:2: training.plateau_factor: means something only with training.plateau",
        "network:;  loss: mse;training:;  label_smoothing: 0.1 | run.yaml:4: training.label_smoothing: labels can be smoothed for cross-entropy and binary-cross-entropy, not for mse",
        "training:;  clip_norm: -1 | run.yaml:2: training.clip_norm must be 0 or more, not -1",
        "training:;  lr: 0.1..0.2 | run.yaml:2: training.lr is no schedule: '0.1..0.2' needs a shape",
        "training:;  lr: fast | training.lr must be a number 0 or more, or a schedule as in",
        "training:;  weight_decay: 1..-1 linear | training.weight_decay must always be 0 or more",
        "training:;  weight_decay_of: 4=1 | run.yaml:2: training.weight_decay_of: names layer 4, but",
        "training:;  l1_of: last=1 | training.l1_of must name a layer by its number from 0, hidden",
        "network:;  density_of: hidden-9=0.1 | run.yaml:2: network.density_of: names layer hidden-9, but the network has layers 0 to 3: hidden-1 to hidden-3 and output",
        "network:;  density_of: output=2 | run.yaml:2: network.density_of for output must be above 0 and at most 1, not 2",
        "rewiring:;  rule_of: output=rig | run.yaml:2: rewiring.rule_of for output must be set, rigl,",
        "rewiring:;  rule_of: rigl | rewiring.rule_of must be WHERE=VALUE, separated by commas, as in hidden-1=rigl,output=static",
        "rewiring:;  rule: static;  zeta_of: output=0.1 | run.yaml:3: rewiring.zeta_of means nothing to",
        "rewiring:;  random_share: 0.5 | rewiring.random_share: means something only with rewiring.grow",
        "rewiring:;  when: steps:0 | rewiring.when behind steps: must be 1 or more, not 0",
        "rewiring:;  when: often | rewiring.when must be epoch, epochs:NUMBER, steps:NUMBER or chance:NUMBER",
        "rewiring:;  target: half | rewiring.target must be initial, current, nonzero, a number 0 or more, or",
        "rewiring:;  zeta: 0.3 until 9 then 2 | rewiring.zeta must always be between 0 and 1",
        "rewiring:;  rule: static;  zeta: 0.3 | run.yaml:3: rewiring.zeta means nothing to",
        "data:;  label: none | run.yaml:2: data.label none leaves nothing to learn",
        "network: {epsilon: 3 | this is not YAML",
        "network: &x;  epsilon: 3;training: *x | run.yaml:3: ",
        "a;--- | sections are expected",
        "network:;---;training: | second document",
        "data:;  folds: 5 | run.yaml:2: data.folds: the number of folds and the one",
        "data:;  folds: 5;  fold: 6 | run.yaml:3: data.fold must be 1 to 5, not 6",
        "data:;  augment: zoom=2 | run.yaml:2: data.augment 'zoom=2' is none of",
        "[1, 2] | sections are expected"
      })
  void whatCannotBeSaysWhereAndWhy(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml.replace(';', '\n') + "\n").settle())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing\n",
        "network:\n",
        "network: {}\n",
        "network:\n  epsilon:\n",
        "record:\n  anything: [1, {a: b}]\nnetwork: {epsilon: 20}\n",
        "training: {lr: 1e-1}\n",
        "training: {seed: \"0\"}\n"
      })
  void whatSaysNothingNewIsTheDefault(String yaml) throws IOException {
    assertThat(read(yaml).settle()).isEqualTo(Configuration.EMPTY.settle());
  }

  @Test
  void bytesThatAreNoText() throws IOException {
    Path file = Files.write(folder.resolve("run.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(() -> ConfigFile.read(file, Configuration.EMPTY))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("not text");
  }

  /** Cut off anywhere, a file is read or refused with its name, never anything else. */
  @Test
  void aFileThatIsCutOffAnywhere() throws IOException {
    String whole = ConfigText.yaml(ConfigText.sections(Configuration.EMPTY.settle()));
    for (int length = 0; length < whole.length(); length++) {
      try {
        assertThat(read(whole.substring(0, length)).settle()).isNotNull();
      } catch (ConfigException refused) {
        assertThat(refused).hasMessageContaining("run.yaml:");
      }
    }
  }

  @Test
  void pathsAreLookedForBesideTheFile() throws IOException {
    Files.writeString(folder.resolve("my.csv"), "a,b\n");
    RunSettings settings = read("data: {dataset: my.csv, test: other.csv}\n").settle();

    assertThat(settings.request().data()).isEqualTo(folder.resolve("my.csv").toString());
    assertThat(settings.request().test()).isEqualTo(folder.resolve("other.csv"));
    assertThat(read("data: {dataset: mnist}\n").settle().request().data()).isEqualTo("mnist");
    assertThat(read("data: {dataset: nothing}\n").settle().request().data()).isEqualTo("nothing");
  }

  @Test
  void assignmentsNeedAKeyAndAValue() {
    assertThatThrownBy(() -> given("network.epsilon"))
        .hasMessageContaining("--set needs key=value");
    assertThatThrownBy(() -> given("network.epsilo=3"))
        .hasMessageContaining("did you mean network.epsilon?");
    assertThatThrownBy(() -> given("network.epsilon=x"))
        .hasMessageContaining("--set network.epsilon must be a number above 0, not 'x'");
  }
}
