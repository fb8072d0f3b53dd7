package dev.rewire.study;

import static dev.rewire.study.Measure.TEST_ACCURACY;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What papers report of SET and of rules that came after it, on MNIST and Fashion-MNIST, repeated
 * with the nets, schedules and densities of their tables.
 */
final class RuleStudy {
  private static final String RULE = "rewiring.rule";
  private static final String DENSITY = "network.density";
  private static final String HIDDEN = "network.hidden";
  private static final String DATASET = "data.dataset";
  private static final String FASHION = "fashion-mnist";

  private static final int LENET_EPOCHS = 100;
  private static final List<String> LENET_DENSITIES =
      List.of("0.01", "0.02", "0.03", "0.04", "0.05", "0.1");
  private static final List<Double> LENET_SET = List.of(95.80, 97.74, 98.06, 98.10, 98.14, 98.39);
  private static final List<Double> LENET_MOMENTUM =
      List.of(97.53, 98.20, 98.30, 98.42, 98.53, 98.67);

  private static final List<String> LENET_ROWS =
      List.of(
          "SET", "SET, ER(K)", "SET as in its paper", "SET of sparse_learning", "sparse momentum");

  private static final int WIDE_EPOCHS = 100;
  private static final int PAPER_EPOCHS = 500;
  private static final int TUTORIAL_SOON = 100;
  private static final int TUTORIAL_EPOCHS = 400;

  private RuleStudy() {}

  static Study study() {
    return new Study(
        "rules",
        "Rules beside each other",
        "Many rules say which connections go and where new ones come. This page trains the nets of"
            + " their papers' tables with the settings of those papers and puts the published"
            + " accuracies beside ours.",
        "mnist",
        Map.of(),
        List.of(TEST_ACCURACY, Measure.TEST_LOSS, Measure.TRAIN_LOSS, Measure.CONNECTIONS),
        List.of(
            lenet(),
            wide("wide", "MNIST", "mnist", .3, "98.14", "98.61", "98.81", "98.81", "98.62"),
            wide(
                "wide-fashion",
                "Fashion-MNIST",
                FASHION,
                .6,
                "89.00",
                "89.91",
                "90.93",
                "89.98",
                "90.29"),
            paper(),
            tutorial2019(),
            tutorial2020()),
        RuleClaims.all());
  }

  /** Rows A8 to A10: the table of the repository of sparse momentum. */
  private static Section lenet() {
    List<Arm> arms = new ArrayList<>();
    List<Published> published = new ArrayList<>();
    List<List<String>> grid =
        LENET_ROWS.stream().<List<String>>map(row -> new ArrayList<>()).toList();
    Map<String, String> magnitude = Map.of(RULE, "set", "rewiring.drop", "magnitude");
    Map<String, String> unequal = new LinkedHashMap<>(magnitude);
    unequal.put("network.allocation", "erk");
    Map<String, String> library = new LinkedHashMap<>(unequal);
    library.put("rewiring.drop", "magnitude-and-negativity");
    Map<String, String> own = new LinkedHashMap<>(unequal);
    own.put("rewiring.drop", "signed-magnitude-zeros");
    own.put("rewiring.zeta", "0.3");
    for (int d = 0; d < LENET_DENSITIES.size(); d++) {
      String density = LENET_DENSITIES.get(d);
      Arm set = lenet("set", "SET", density, magnitude);
      Arm erk = lenet("set-erk", "SET, ER(K)", density, unequal);
      Arm named = lenet("set-library", "SET of sparse_learning", density, library);
      Arm paper = lenet("set-paper", "SET as in its paper", density, own);
      Arm momentum = lenet("snfs", "sparse momentum", density, Map.of(RULE, "snfs"));
      List<Arm> rows = List.of(set, erk, paper, named, momentum);
      arms.addAll(rows);
      for (int i = 0; i < rows.size(); i++) {
        grid.get(i).add(rows.get(i).id());
      }
      boolean sparsest = d == 0;
      published.add(row("A8", set, LENET_SET.get(d), sparsest ? .6 : .3));
      published.add(
          Published.of(
              "A8",
              erk.id(),
              LENET_EPOCHS,
              "",
              Goal.shown(TEST_ACCURACY, TEST_ACCURACY.print(LENET_SET.get(d) / 100))));
      published.add(row("A8", paper, LENET_SET.get(d), sparsest ? .6 : .3));
      published.add(row("A8", named, LENET_SET.get(d), sparsest ? .6 : .3));
      published.add(row("A9", momentum, LENET_MOMENTUM.get(d), sparsest ? .4 : .3));
    }
    Arm dense =
        Arm.of(
            "lenet-dense",
            "dense",
            Map.of(HIDDEN, "300,100", RULE, "static", DENSITY, "1"),
            LENET_EPOCHS);
    arms.add(dense);
    published.add(row("A10", dense, 98.69, .2));
    return new Section(
        "lenet",
        "784-300-100-10 from 1 to 10 % of its weights",
        "The table of Dettmers and Zettlemoyer (2019, repository): MNIST without a tenth of the"
            + " training samples, 100 epochs with batches of 100, SGD with Nesterov momentum 0.9,"
            + " rate 0.1 that falls to a tenth every 25,000 steps, decay 5e-4. All layers begin"
            + " with the same density, the output layer included, as is usual there; of SET, for which"
            + " it is not said, there are also runs with the densities of ER(K): with the removal of"
            + " smallest weights, with the one that their library, sparse_learning, calls SET, and as"
            + " in SET's own paper, where three tenths of the positive and of the negative weights go"
            + " each time. After each epoch but the last connections are replaced, otherwise half of"
            + " them at first and 0.5 % at the end.",
        "lenet-dense",
        arms,
        published,
        new Grid(LENET_ROWS, LENET_DENSITIES, grid, LENET_EPOCHS, TEST_ACCURACY),
        Map.of(
            "data.training_samples", "54000",
            "network.scaling", "global",
            "training.batch", "100",
            // 540 steps an epoch: 25,000 of them are 46.296 epochs
            "training.lr", "0.1 until 46.296 then 0.01 until 92.593 then 0.001",
            "training.momentum", "0.9",
            "training.nesterov", "true",
            "training.weight_decay", "0.0005"));
  }

  private static Arm lenet(String id, String title, String density, Map<String, String> more) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(HIDDEN, "300,100");
    values.put(DENSITY, density);
    values.put("network.dense_output", "false");
    values.put("network.allocation", "uniform");
    values.put("rewiring.evolve_output", "true");
    values.put("rewiring.max_density", "1");
    values.put("rewiring.zeta", "0.5..0.005 cosine");
    values.putAll(more);
    return Arm.of(
        "lenet-%s-%s".formatted(id, density),
        "%s, density %s".formatted(title, density),
        values,
        LENET_EPOCHS);
  }

  /** Rows A11 to A14: the tables of the paper of Cannistraci-Hebb training, soft. */
  private static Section wide(
      String id,
      String data,
      String dataset,
      double points,
      String set,
      String rigl,
      String chts,
      String granet,
      String gmp) {
    Map<String, String> denser =
        Map.of(DENSITY, "0.1", "rewiring.target", "1..0.1 cubic until 70%");
    Map<String, String> complete =
        Map.of(DENSITY, "1", "rewiring.target", "1..0.01 cubic until 70%");
    Map<String, String> chain = new LinkedHashMap<>();
    chain.put("network.sampler", "receptive-field");
    if (dataset.equals(FASHION)) {
      // that paper removes by weight on MNIST, by relative importance here
      chain.put("rewiring.drop", "soft-relative-importance");
      chain.put("rewiring.drop_power", "1..3 linear");
    }
    List<Arm> arms =
        List.of(
            wide(id, dataset, "set", "SET", Map.of("rewiring.drop", "magnitude")),
            wide(id, dataset, "rigl", "RigL", Map.of("rewiring.when", "epoch")),
            wide(id, dataset, "chts", "CHTs", chain),
            wide(id, dataset, "granet", "GraNet", denser),
            wide(id, dataset, "gmp", "GMP", complete));
    List<String> numbers = List.of(set, rigl, chts, granet, gmp);
    // the first two rows have a tolerance of their own on Fashion-MNIST
    List<Double> tolerances =
        List.of(Math.min(points, .5), Math.min(points, .5), points, points, points);
    List<String> rows =
        dataset.equals(FASHION)
            ? List.of("A13", "A13", "A14", "A14", "A14")
            : List.of("A11", "A12", "A14", "A14", "A14");
    List<Published> published = new ArrayList<>();
    for (int a = 0; a < arms.size(); a++) {
      double number = Double.parseDouble(numbers.get(a));
      published.add(row(rows.get(a), arms.get(a), number, tolerances.get(a)));
    }
    return new Section(
        id,
        "784-1568-1568-1568-10 without 99 % of its weights, " + data,
        "The tables of Zhang et al. (2024): 100 epochs with batches of 32, SGD with momentum 0.9,"
            + " rate from 0.025 down to 0.00025, decay 5e-4, complete output layer, connections"
            + " replaced after each epoch. GMP begins with all connections and has the same as the"
            + " others at the end; so has GraNet, which begins with a tenth of all here, the paper"
            + " denser.",
        id + "-set",
        arms,
        published,
        null,
        Map.of(
            DATASET,
            dataset,
            DENSITY,
            "0.01",
            "network.allocation",
            "uniform",
            "network.scaling",
            "global",
            "training.batch",
            "32",
            "training.lr",
            "0.025..0.00025 linear",
            "training.momentum",
            "0.9",
            "training.weight_decay",
            "0.0005"));
  }

  private static Arm wide(
      String section, String dataset, String rule, String title, Map<String, String> more) {
    Map<String, String> values = new LinkedHashMap<>(more);
    values.put(HIDDEN, "1568,1568,1568");
    values.put(DATASET, dataset);
    values.put(RULE, rule);
    return Arm.of(section + "-" + rule, title, values, WIDE_EPOCHS);
  }

  /** Row A15: the MLP of the paper. */
  private static Section paper() {
    Arm set = preset("paper-set", "SET", "paper2018", Map.of(), PAPER_EPOCHS);
    Arm fixed = preset("paper-static", "FixProb", "paper2018", fixed(), PAPER_EPOCHS);
    Arm dense = preset("paper-dense", "dense", "paper2018", dense(), PAPER_EPOCHS);
    return new Section(
        "paper",
        "The MLP of the SET paper",
        "Mocanu et al. (2018): MNIST, 784-1000-1000-1000-10 with SReLU, epsilon 20, rate 0.01,"
            + " momentum 0.9, decay 2e-4, dropout 0.3. How long it was trained is not said; here it"
            + " is 500 epochs. FixProb has the same topology for the whole training.",
        set.id(),
        List.of(set, fixed, dense),
        List.of(
            row("A15", set, 98.74, .3),
            Published.of("A15", fixed.id(), PAPER_EPOCHS, "", Goal.shown(TEST_ACCURACY, "97.68 %")),
            Published.of(
                "A15", dense.id(), PAPER_EPOCHS, "", Goal.shown(TEST_ACCURACY, "98.55 %"))),
        null);
  }

  /** Row A16, with the ways of that implementation. */
  private static Section tutorial2019() {
    String preset = "tutorial-2019";
    Arm set = preset(preset + "-set", "SET", preset, Map.of(), TUTORIAL_SOON, TUTORIAL_EPOCHS);
    Arm fixed =
        preset(preset + "-static", "FixProb", preset, fixed(), TUTORIAL_SOON, TUTORIAL_EPOCHS);
    Map<String, String> sums = new LinkedHashMap<>(dense());
    // its dense baseline has rate 0.001 and adds up the gradients of a batch of 40
    sums.put("training.lr", "0.04");
    Arm dense = preset(preset + "-dense", "dense", preset, sums, TUTORIAL_SOON, TUTORIAL_EPOCHS);
    return new Section(
        preset,
        "The tutorial of IJCAI and ECML 2019",
        "2,000 training and 1,000 test samples of Fashion-MNIST, 784-1000-1000-1000-10, epsilon 13,"
            + " batches of 40, 400 epochs; the samples are others than there, because the shuffle of"
            + " NumPy is not repeated.",
        set.id(),
        List.of(set, fixed, dense),
        List.of(
            row("A16", set, TUTORIAL_SOON, 80.18, 1.5),
            row("A16", set, TUTORIAL_EPOCHS, 82.56, 1.5),
            row("A16", fixed, TUTORIAL_SOON, 78.44, 1.5),
            row("A16", fixed, TUTORIAL_EPOCHS, 80.60, 1.5),
            row("A16", dense, TUTORIAL_SOON, 82.04, 1.5),
            row("A16", dense, TUTORIAL_EPOCHS, 81.98, 1.5)),
        null,
        Map.of(DATASET, FASHION, "data.training_samples", "2000", "data.test_samples", "1000"));
  }

  /** Row A17. */
  private static Section tutorial2020() {
    String preset = "tutorial-2020";
    Arm set = preset(preset + "-set", "SET", preset, Map.of(), TUTORIAL_SOON, TUTORIAL_EPOCHS);
    Arm fixed =
        preset(preset + "-static", "FixProb", preset, fixed(), TUTORIAL_SOON, TUTORIAL_EPOCHS);
    Arm dense = preset(preset + "-dense", "dense", preset, dense(), TUTORIAL_SOON, TUTORIAL_EPOCHS);
    return new Section(
        preset,
        "The tutorial of SCADS 2020",
        "5,000 training and 1,000 test samples of Fashion-MNIST, 784-1000-1000-1000-10, epsilon 13,"
            + " batches of 40, 400 epochs. Published: 812 seconds for a run of SET on a laptop with"
            + " 12 cores.",
        set.id(),
        List.of(set, fixed, dense),
        List.of(
            Published.of("A17", set.id(), TUTORIAL_SOON, "", Goal.shown(TEST_ACCURACY, "83.90 %")),
            row("A17", set, TUTORIAL_EPOCHS, 84.36, 1.5),
            row("A17", fixed, TUTORIAL_EPOCHS, 83.90, 1.5),
            row("A17", dense, TUTORIAL_EPOCHS, 81.54, 1.5)),
        null,
        Map.of(DATASET, FASHION, "data.training_samples", "5000", "data.test_samples", "1000"));
  }

  private static Map<String, String> fixed() {
    return Map.of(RULE, "static");
  }

  private static Map<String, String> dense() {
    return Map.of(RULE, "static", DENSITY, "1");
  }

  private static Arm preset(
      String id, String title, String preset, Map<String, String> more, Integer... moments) {
    Map<String, String> values = new LinkedHashMap<>(more);
    values.put("training.preset", preset);
    return Arm.of(id, title, values, moments);
  }

  private static Published row(String id, Arm arm, double percent, double points) {
    return row(id, arm, arm.epochs(), percent, points);
  }

  private static Published row(String id, Arm arm, int epoch, double percent, double points) {
    return Published.of(
        id,
        arm.id(),
        epoch,
        "",
        Goal.accuracy(TEST_ACCURACY.print(percent / 100), percent, percent, points));
  }
}
