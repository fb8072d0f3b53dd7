package dev.rewire.cli;

import dev.rewire.metric.BinaryScores;
import dev.rewire.metric.ClassScores;
import dev.rewire.metric.ConfusionMatrix;
import dev.rewire.metric.LabelScores;
import dev.rewire.metric.NumberScores;
import dev.rewire.metric.Scores;
import dev.rewire.network.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metrics as people and programs read them. */
final class ScoreWords {
  private ScoreWords() {}

  /** Values by their names in files; null where one is not defined. */
  static Map<String, @Nullable Double> json(Scores scores) {
    Map<String, @Nullable Double> json = new LinkedHashMap<>();
    scores.values().forEach((name, value) -> json.put(name, Json.number(value)));
    return json;
  }

  /** A table of all values, headings first. */
  static List<List<String>> rows(Scores scores) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("metric", "value"));
    scores.values().forEach((name, value) -> rows.add(List.of(name(name), value(name, value))));
    return rows;
  }

  /** The values in one line, without the accuracy, which is told before. */
  static String line(Scores scores) {
    List<String> words = new ArrayList<>();
    scores
        .values()
        .forEach((name, value) -> {
          if (!name.equals("accuracy") && !name.equals("exact_match")) {
            words.add(name(name) + " " + value(name, value));
          }
        });
    return String.join(", ", words);
  }

  private static String name(String name) {
    return switch (name) {
      case "top_3_accuracy" -> "top-3 accuracy";
      case "top_5_accuracy" -> "top-5 accuracy";
      case "f1" -> "F1 of the second class";
      case "macro_f1" -> "macro-F1";
      case "micro_f1" -> "micro-F1";
      case "roc_auc" -> "ROC-AUC";
      case "roc_auc_uncertainty" -> "ROC-AUC known to";
      case "rmse" -> "RMSE";
      case "mae" -> "MAE";
      case "r2" -> "R2";
      default -> name.replace('_', ' ');
    };
  }

  private static String value(String name, double value) {
    if (name.endsWith("accuracy") || name.equals("exact_match")) {
      return Say.percent(value);
    }
    if (name.endsWith("uncertainty")) {
      return String.format(Locale.ROOT, "%.1g", value);
    }
    return name.equals("rmse") || name.equals("mae") ? number(value) : Say.loss(value);
  }

  /** A number in units of which nothing is known. */
  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.5g", value);
  }

  /** What was taken for what, or null where targets are no classes or there are too many. */
  static @Nullable ConfusionMatrix confusion(Scores scores) {
    return switch (scores) {
      case ClassScores classes -> classes.confusion();
      case BinaryScores binary -> binary.confusion();
      case LabelScores _, NumberScores _ -> null;
    };
  }

  /**
   * Class by class, label by label or number by number, headings first; nothing for a single number
   * and for too many classes.
   */
  static List<List<String>> each(Scores scores, Network network) {
    List<String> names = network.classNames();
    List<List<String>> rows = new ArrayList<>();
    ConfusionMatrix confusion = confusion(scores);
    if (confusion != null) {
      rows.add(List.of("class", "samples", "accuracy", "  most often taken for"));
      for (int k = 0; k < names.size(); k++) {
        rows.add(
            List.of(
                names.get(k),
                Say.count(confusion.samples(k)),
                Say.percent(confusion.recall(k)),
                mistakes(confusion, k, names)));
      }
    } else if (scores instanceof LabelScores labels) {
      rows.add(List.of("label", "samples", "F1"));
      for (int k = 0; k < names.size(); k++) {
        rows.add(List.of(names.get(k), Say.count(labels.samples(k)), Say.loss(labels.f1(k))));
      }
    } else if (scores instanceof NumberScores numbers && names.size() > 1) {
      rows.add(List.of("number", "RMSE", "MAE", "R2"));
      for (int k = 0; k < names.size(); k++) {
        rows.add(
            List.of(
                names.get(k),
                number(numbers.rmse(k)),
                number(numbers.mae(k)),
                Say.loss(numbers.r2(k))));
      }
    }
    return rows;
  }

  /** The wrong class that most samples of a class were given. */
  private static String mistakes(ConfusionMatrix confusion, int label, List<String> names) {
    int worst = confusion.worst(label);
    return worst < 0
        ? ""
        : "  %s (%s)".formatted(names.get(worst), Say.count(confusion.count(label, worst)));
  }
}
