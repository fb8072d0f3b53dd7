package dev.rewire.trajectory;

import dev.rewire.dataset.ImageShape;
import dev.rewire.history.HistoryReader;
import dev.rewire.history.TopologyChange;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.measure.Polarity;
import dev.rewire.measure.TrendCurve;
import dev.rewire.topology.CellList;
import dev.rewire.train.EpochReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A run in the course of its training: what it had learned after each epoch, and where its first
 * layer looked.
 *
 * <p>The topology of an epoch is the one that its last step trained: connections that the evolution
 * at the end of the epoch removes are still counted, whether new ones have come for them or not.
 * That is the count of the study of regularisation (anhinga/synapses), where removed connections
 * are stored until new ones replace them. Costs one pass over the changes of the first layer.
 */
public final class Trajectory {
  private final List<EpochReport> reports;
  private final List<Look> looks = new ArrayList<>();
  private final Map<Integer, int[]> pixels = new HashMap<>();

  private Trajectory(List<EpochReport> reports) {
    this.reports = List.copyOf(reports);
  }

  /**
   * Puts together what is known already.
   *
   * @param reports of the epochs, from the first on
   * @param looks one an epoch, or none if the inputs are no picture
   * @return the trajectory, without the connections of single pixels
   */
  public static Trajectory of(List<EpochReport> reports, List<Look> looks) {
    if (!looks.isEmpty() && looks.size() != reports.size()) {
      throw new IllegalArgumentException(
          "%d epochs cannot have %d looks".formatted(reports.size(), looks.size()));
    }
    Trajectory trajectory = new Trajectory(reports);
    trajectory.looks.addAll(looks);
    return trajectory;
  }

  /**
   * Where the first layer looked in one epoch.
   *
   * @param polarity centre against margin, with an interval of 95 %
   * @param trend mean connections of centred squares
   */
  public record Look(Polarity polarity, TrendCurve trend) {}

  /**
   * Reads a run whose inputs lie in a picture.
   *
   * @param reports of its epochs, from the first on
   * @param steps of the network at the end of each of these epochs
   * @param history its topology history
   * @param image how the inputs lie in a picture
   * @param keep epochs, from 1, of which the connections of each pixel are kept
   * @return the trajectory
   * @throws IOException if the history cannot be read, or is damaged
   */
  public static Trajectory read(
      List<EpochReport> reports,
      List<Long> steps,
      Path history,
      ImageShape image,
      IntPredicate keep)
      throws IOException {
    Trajectory trajectory = new Trajectory(reports);
    try (HistoryReader reader = HistoryReader.open(history)) {
      HistoryReader.Shape shape = reader.layers().getFirst();
      int[] outgoing = new int[shape.inputs()];
      int[] incoming = new int[shape.outputs()];
      var connectivity = new InputConnectivity(outgoing, incoming, image);
      TopologyChange change = reports.isEmpty() ? null : reader.next();
      for (int e = 0; e < reports.size(); e++) {
        while (change != null && isBefore(change, steps.get(e))) {
          if (change.layer() == 0) {
            count(change.dropped(), -1, outgoing, incoming);
            count(change.grown(), 1, outgoing, incoming);
          }
          change = reader.next();
        }
        trajectory.look(reports.get(e).epoch(), connectivity, image, keep);
      }
    }
    return trajectory;
  }

  /** Whether a change had happened when a step was trained. */
  static boolean isBefore(TopologyChange change, long step) {
    return change.epoch() == TopologyChange.START || change.step() < step;
  }

  private static void count(CellList cells, int change, int[] outgoing, int[] incoming) {
    for (long i = 0; i < cells.size(); i++) {
      long cell = cells.get(i);
      outgoing[(int) (cell % outgoing.length)] += change;
      incoming[(int) (cell / outgoing.length)] += change;
    }
  }

  private void look(
      int epoch, InputConnectivity connectivity, ImageShape image, IntPredicate keep) {
    int[] counts = connectivity.pixels(image);
    looks.add(
        new Look(
            Polarity.of(connectivity, image, Polarity.CONFIDENCE), TrendCurve.of(counts, image)));
    if (keep.test(epoch)) {
      pixels.put(epoch, counts);
    }
  }

  /**
   * Says how long the run is.
   *
   * @return complete epochs
   */
  public int epochs() {
    return reports.size();
  }

  /**
   * Returns what the run had learned.
   *
   * @param epoch from 1 to {@link #epochs}
   * @return loss and accuracy of that epoch
   */
  public EpochReport report(int epoch) {
    return reports.get(epoch - 1);
  }

  /**
   * Returns where the first layer looked.
   *
   * @param epoch from 1 to {@link #epochs}
   * @return its polarity and trend, or null if the inputs are no picture
   */
  public @Nullable Look look(int epoch) {
    return looks.isEmpty() ? null : looks.get(epoch - 1);
  }

  /**
   * Returns the connections of each pixel.
   *
   * @param epoch from 1 to {@link #epochs}
   * @return one number a pixel, row by row, or null if they were not kept
   */
  public int @Nullable [] pixels(int epoch) {
    int[] kept = pixels.get(epoch);
    return kept == null ? null : kept.clone();
  }
}
