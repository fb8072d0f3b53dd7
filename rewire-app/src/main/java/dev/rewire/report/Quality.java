package dev.rewire.report;

import dev.rewire.metric.ConfusionMatrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good the predictions for the test samples are.
 *
 * @param rows a table of metrics, headings first
 * @param classNames one name a class, or none where there is no matrix
 * @param confusion what was taken for what, or null where targets are no classes
 */
public record Quality(
    List<List<String>> rows, List<String> classNames, @Nullable ConfusionMatrix confusion) {
  /** Nothing is known. */
  public static final Quality UNKNOWN = new Quality(List.of(), List.of(), null);

  /** Copies the lists. */
  public Quality {
    rows = List.copyOf(rows);
    classNames = List.copyOf(classNames);
  }
}
