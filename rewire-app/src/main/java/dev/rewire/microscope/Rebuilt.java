package dev.rewire.microscope;

import dev.rewire.history.HistoryFormatException;
import dev.rewire.history.HistoryReader;
import dev.rewire.history.TopologyChange;
import dev.rewire.history.TopologyReplay;
import dev.rewire.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** All layers of a network as they were at a moment of its training. */
public final class Rebuilt {
  private Rebuilt() {}

  /**
   * Goes through a history up to a moment.
   *
   * @param file written by {@link dev.rewire.history.HistoryWriter}
   * @param step training steps at the moment; what happened later is left out
   * @param growing whether the file is still being written, so that its last record need not be
   *     whole
   * @param measures that want to see every change up to there
   * @return the connections of each layer, from the input on
   * @throws HistoryFormatException if the file is damaged
   * @throws IOException if it cannot be read
   */
  public static List<Topology> at(
      Path file, long step, boolean growing, List<? extends Consumer<TopologyChange>> measures)
      throws IOException {
    return rebuilt(file, step, false, growing, measures);
  }

  /**
   * Returns the connections that there were before training.
   *
   * @param file written by {@link dev.rewire.history.HistoryWriter}
   * @return the connections of each layer, from the input on
   * @throws HistoryFormatException if the file is damaged
   * @throws IOException if it cannot be read
   */
  public static List<Topology> start(Path file) throws IOException {
    return rebuilt(file, Long.MAX_VALUE, true, true, List.of());
  }

  private static List<Topology> rebuilt(
      Path file,
      long step,
      boolean startOnly,
      boolean growing,
      List<? extends Consumer<TopologyChange>> measures)
      throws IOException {
    try (HistoryReader reader = HistoryReader.open(file)) {
      TopologyReplay replay = new TopologyReplay(reader.layers());
      try {
        for (TopologyChange change = reader.next(); change != null; change = reader.next()) {
          boolean later = startOnly ? change.epoch() != TopologyChange.START : change.step() > step;
          if (later) {
            break;
          }
          replay.apply(change);
          for (Consumer<TopologyChange> measure : measures) {
            measure.accept(change);
          }
        }
      } catch (HistoryFormatException notWhole) {
        if (!growing) {
          throw notWhole;
        }
      } catch (IllegalArgumentException unfit) {
        throw new HistoryFormatException(file + " is damaged: " + unfit.getMessage());
      }
      return new ArrayList<>(
          IntStream.range(0, reader.layers().size()).mapToObj(replay::topology).toList());
    }
  }
}
