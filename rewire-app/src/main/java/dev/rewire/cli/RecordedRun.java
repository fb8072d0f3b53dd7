package dev.rewire.cli;

import dev.rewire.dataset.ImageShape;
import dev.rewire.train.EpochReport;
import dev.rewire.trajectory.Trajectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a run wrote down, read while it trains or afterwards.
 *
 * @param folder of the run
 * @param complete whether it is at its end
 * @param lines one an epoch
 */
record RecordedRun(RunFolder folder, boolean complete, List<Metrics.Line> lines) {
  static RecordedRun of(RunFolder folder) throws IOException {
    boolean complete = Files.exists(folder.result());
    List<Metrics.Line> lines = Metrics.lines(folder.metrics(), Long.MAX_VALUE);
    // what comes after the last line of a run under way is being written
    return new RecordedRun(
        folder, complete, lines.subList(0, Math.max(0, lines.size() - (complete ? 0 : 1))));
  }

  List<EpochReport> reports() {
    return lines.stream().map(Metrics.Line::report).toList();
  }

  /** Steps of the network at the end of each epoch. */
  List<Long> steps() {
    return lines.stream().map(Metrics.Line::step).toList();
  }

  /**
   * Reads where the first layer looked.
   *
   * @param image how the inputs lie in a picture, or null
   * @param keep epochs of which the connections of each pixel are kept
   */
  Trajectory trajectory(@Nullable ImageShape image, IntPredicate keep) throws IOException {
    return image == null || !Files.exists(folder.history())
        ? Trajectory.of(reports(), List.of())
        : Trajectory.read(reports(), steps(), folder.history(), image, keep);
  }
}
