package dev.rewire.study;

import static dev.rewire.study.Measure.RATIO;
import static dev.rewire.study.Measure.TEST_LOSS;
import static dev.rewire.study.Measure.TRAIN_ACCURACY;
import static dev.rewire.study.Measure.TRAIN_LOSS;
import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.List;
import java.util.Map;

/**
 * Where a sparse network puts its connections on MNIST, and what regularisation has to do with it:
 * the study of anhinga/synapses ({@code regularization.md}, issue AlliedToasters/synapses#1), then
 * what it left for the future.
 */
final class RegularizationStudy {
  static final int EARLY = 40;
  static final int SHORT = 155;
  static final int LONG = 1000;
  static final int EVOLNET_SHORT = 48;
  static final int EVOLNET_LONG = 450;
  static final String WITHOUT = "decay-0";

  static final String DECAY = "training.weight_decay";

  private RegularizationStudy() {}

  static Study study() {
    return new Study(
        "regularization",
        "Regularisation and topology",
        "Why does a sparse network put its connections where it does? Without weight decay, SET"
            + " was found to learn the inverse picture of MNIST: few connections in the informative"
            + " centre, many in the margin. Enough weight decay turned it around. This page repeats"
            + " the study, says which of its claims hold, and goes on where it ended.",
        "mnist",
        Map.of("training.preset", "klear"),
        List.of(Measure.TEST_ACCURACY, TEST_LOSS, TRAIN_LOSS, Measure.RATIO, Measure.POLARITY),
        List.of(
            published(),
            RegularizationFuture.section(),
            RegularizationExperiments.separated(),
            RegularizationExperiments.frozen()),
        RegularizationClaims.all());
  }

  private static Section published() {
    return new Section(
        "published",
        "The published study, repeated",
        "784-512-128-10 with 21,296 sparse connections, SET with zeta 0.3, SGD with rate 0.01 and"
            + " momentum 0.5, batches of 128. Weight decay is coupled: a penalty on all parameters,"
            + " biases and the dense output layer included. r is the mean number of connections of"
            + " a pixel of the central 14 x 14 over that of all pixels: above 1.03 positive"
            + " topology learning, below 0.97 negative. Counted are all stored connections, those"
            + " that the removal at the end of the epoch takes away included. The test looks at the"
            + " network after that removal.",
        WITHOUT,
        List.of(
            Arm.of(WITHOUT, "no decay", Map.of(DECAY, "0"), EARLY, SHORT, 718, LONG),
            Arm.of("decay-1e-5", "decay 1e-5", Map.of(DECAY, "0.00001"), EARLY, SHORT, LONG),
            Arm.of("decay-1e-4", "decay 1e-4", Map.of(DECAY, "0.0001"), EARLY, SHORT, LONG),
            Arm.of("decay-1e-3", "decay 1e-3", Map.of(DECAY, "0.001"), EARLY, SHORT, LONG),
            Arm.of("decay-1e-2", "decay 1e-2", Map.of(DECAY, "0.01"), EARLY, SHORT, LONG),
            Arm.of("l1-1e-5", "L1 1e-5", Map.of("training.l1", "0.00001"), EARLY, SHORT),
            Arm.of("l1-1e-4", "L1 1e-4", Map.of("training.l1", "0.0001"), EARLY, SHORT),
            Arm.of(
                "l1-1e-5-decay-1e-3",
                "L1 1e-5 and decay 1e-3",
                Map.of("training.l1", "0.00001", DECAY, "0.001"),
                EARLY,
                SHORT),
            evolNet("evolnet-.025", "EvolNet p .025, no decay", "0.025", "0", EVOLNET_SHORT),
            evolNet("evolnet-.025-1e-3", "EvolNet p .025, 1e-3", "0.025", "0.001", EVOLNET_SHORT),
            evolNet("evolnet-.25", "EvolNet p .25, no decay", "0.25", "0", EVOLNET_SHORT),
            evolNet("evolnet-.25-1e-3", "EvolNet p .25, 1e-3", "0.25", "0.001", EVOLNET_SHORT),
            evolNet("evolnet-.1", "EvolNet p .1, no decay", "0.1", "0", EVOLNET_LONG),
            evolNet("evolnet-.1-1e-3", "EvolNet p .1, 1e-3", "0.1", "0.001", EVOLNET_LONG)),
        List.of(
            Published.of(
                "A1",
                WITHOUT,
                SHORT,
                "neutral",
                Goal.accuracy("97.21 to 97.30 %", 97.21, 97.30, .3),
                Goal.within(TEST_LOSS, "0.0884 to 0.0904", .0884, .0904, .1),
                Goal.within(TRAIN_LOSS, "0.0428", .0428, .0428, .15),
                Goal.shown(RATIO, "1.00, .99")),
            Published.of(
                "A2",
                "decay-1e-3",
                SHORT,
                "positive",
                Goal.accuracy("97.30 %", 97.30, 97.30, .3),
                Goal.within(TEST_LOSS, "0.0885", .0885, .0885, .1),
                Goal.shown(TRAIN_LOSS, "0.0795"),
                Goal.range(RATIO, "1.16", 1.06, POSITIVE_INFINITY)),
            Published.of(
                "3.2",
                WITHOUT,
                718,
                "negative",
                Goal.shown(Measure.TEST_ACCURACY, "97.60 %"),
                Goal.shown(TEST_LOSS, "0.1198"),
                Goal.shown(TRAIN_LOSS, "0.0046"),
                Goal.shown(RATIO, "0.927")),
            Published.of(
                "A3",
                "decay-1e-3",
                LONG,
                "positive, weaker",
                Goal.accuracy("97.77 % (97.70 %)", 97.70, 97.77, .3),
                Goal.within(TEST_LOSS, "0.0720", .0720, .0722, .1),
                Goal.shown(TRAIN_LOSS, "0.0480"),
                Goal.range(RATIO, "1.07", 1.02, 1.12)),
            Published.of(
                "A4",
                WITHOUT,
                LONG,
                "negative",
                Goal.accuracy("97.74 % (97.68 %)", 97.68, 97.74, .3),
                Goal.within(TEST_LOSS, "0.1262", .1262, .1272, .12),
                Goal.shown(TRAIN_LOSS, "0.0025"),
                Goal.shown(TRAIN_ACCURACY, "99.96 %"),
                Goal.range(RATIO, "0.925", NEGATIVE_INFINITY, Math.nextDown(.97))),
            Published.of(
                "A5",
                "decay-1e-2",
                LONG,
                "positive",
                Goal.accuracy("96.22 % (96.10 %)", 96.10, 96.22, .3),
                Goal.within(TEST_LOSS, "0.1512", .1506, .1512, .08),
                Goal.shown(TRAIN_LOSS, "0.1583"),
                Goal.range(RATIO, "1.14", 1.06, POSITIVE_INFINITY)),
            early("evolnet-.025", "neutral", "96.52 % (96.33 %)", "0.1162", "0.1037", "1.015"),
            early("evolnet-.025-1e-3", "positive", "95.87 %", "0.1400", "0.1337", "1.105"),
            early("evolnet-.25", "neutral", "96.10 %", "0.1249", "0.1036", ".99"),
            early("evolnet-.25-1e-3", "positive", "95.83 %", "0.1422", "0.1373", "1.086"),
            Published.of(
                "A7",
                "evolnet-.1",
                EVOLNET_LONG,
                "strongly negative",
                Goal.accuracy("97.43 % (97.46 %)", 97.43, 97.43, .4),
                Goal.shown(TEST_LOSS, "0.1158"),
                Goal.shown(TRAIN_LOSS, "0.0119"),
                Goal.range(RATIO, ".825", NEGATIVE_INFINITY, Math.nextDown(.90))),
            Published.of(
                "A7",
                "evolnet-.1-1e-3",
                EVOLNET_LONG,
                "neutral",
                Goal.accuracy("97.07 % (97.17 %)", 97.07, 97.07, .4),
                Goal.shown(TEST_LOSS, "0.0950"),
                Goal.shown(TRAIN_LOSS, "0.0776"),
                Goal.range(RATIO, ".994", .94, 1.04))),
        null);
  }

  /**
   * The variant that evolves in the forward pass: with a probability after each batch, each layer
   * for itself; what the optimizer remembers stays where it is, and nothing is removed before the
   * test. The write-up says p = .05/2 for .025.
   */
  private static Arm evolNet(String id, String title, String p, String decay, int epochs) {
    Map<String, String> values =
        Map.of("training.preset", "evolnet", "rewiring.when", "chance:" + p, DECAY, decay);
    return epochs == EVOLNET_SHORT
        ? Arm.of(id, title, values, epochs)
        : Arm.of(id, title, values, EVOLNET_SHORT, epochs);
  }

  private static Published early(
      String arm, String sign, String accuracy, String testLoss, String trainLoss, String r) {
    return Published.of(
        "3.2",
        arm,
        EVOLNET_SHORT,
        sign,
        Goal.shown(Measure.TEST_ACCURACY, accuracy),
        Goal.shown(TEST_LOSS, testLoss),
        Goal.shown(TRAIN_LOSS, trainLoss),
        Goal.shown(RATIO, r));
  }
}
