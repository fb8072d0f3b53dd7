package dev.rewire.trajectory;

import dev.rewire.history.HistoryReader;
import dev.rewire.history.TopologyChange;
import dev.rewire.history.TopologyReplay;
import dev.rewire.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The topologies of a run at some moments, replayed from its history. */
public final class Moments {
  private Moments() {}

  /**
   * A run at one moment.
   *
   * @param epoch after which, 0 for the start
   * @param layers topologies from the input on, as the last step of the epoch trained them
   */
  public record Moment(int epoch, List<Topology> layers) {}

  /**
   * Chooses moments: the start, the first epoch, the last one, and between them such that each
   * stretch is as many times longer than the one before, because early epochs change more.
   *
   * @param epochs of the run
   * @param count how many moments at most, 2 or more
   * @return epochs, ascending, beginning with 0
   */
  public static List<Integer> spread(int epochs, int count) {
    TreeSet<Integer> chosen = new TreeSet<>(List.of(0, epochs));
    for (int i = 0; i < count - 1 && epochs > 0; i++) {
      double share = count == 2 ? 1 : (double) i / (count - 2);
      chosen.add((int) Math.round(Math.pow(epochs, share)));
    }
    return List.copyOf(chosen);
  }

  /**
   * Replays a history.
   *
   * @param history of the run
   * @param steps of the network at the end of each epoch, from the first on
   * @param epochs moments that are wanted, ascending, 0 for the start
   * @return the run at each of them; their topologies are copies
   * @throws IOException if the history cannot be read, or is damaged
   */
  public static List<Moment> read(Path history, List<Long> steps, List<Integer> epochs)
      throws IOException {
    List<Moment> moments = new ArrayList<>();
    try (HistoryReader reader = HistoryReader.open(history)) {
      TopologyReplay replay = new TopologyReplay(reader.layers());
      int layers = reader.layers().size();
      TopologyChange change = reader.next();
      for (int epoch : epochs) {
        long end = epoch == 0 ? 0 : steps.get(epoch - 1);
        while (change != null && Trajectory.isBefore(change, end)) {
          replay.apply(change);
          change = reader.next();
        }
        moments.add(
            new Moment(epoch, IntStream.range(0, layers).mapToObj(replay::topology).toList()));
      }
    }
    return moments;
  }
}
