package dev.rewire.microscope;

import dev.rewire.dataset.ImageShape;
import dev.rewire.history.HistoryFormatException;
import dev.rewire.history.HistoryReader;
import dev.rewire.history.TopologyChange;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.microscope.Moment.Point;
import dev.rewire.network.Network;
import dev.rewire.topology.CellList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the connections of a layer came to be what they are: a point for each evolution, and for some
 * of them all that is needed to draw it. Costs one pass over the changes, and memory for the
 * moments that are kept.
 *
 * <p>Connections that have been removed and not yet been replaced count, as in the published curves
 * (anhinga/synapses): a removal is a moment together with the growth that follows it, and the one
 * at the end of training, which nothing follows, is none. {@code removed} says how many these are.
 *
 * @param layer its number, from 0
 * @param points one an evolution, the first one for the start; thinned out evenly if they are many
 * @param moments some of them with all counts, the first and the last one always
 * @param chosen the moment that was asked for
 * @param removed connections that were removed at last and not replaced
 */
public record LayerHistory(
    int layer, List<Point> points, List<Moment> moments, Moment chosen, int removed) {
  /** The epoch of the last moment. */
  public static final int LAST = Integer.MAX_VALUE;

  /** So many bytes of counts are put into a page at most. */
  private static final int PAGE = 250_000;

  private static final int MOST_MOMENTS = 100;
  private static final int LEAST_MOMENTS = 12;

  /** More points than this are not needed to draw a line. */
  private static final int MOST_POINTS = 4000;

  /**
   * Looks at a network that has no history.
   *
   * @param network as it is now
   * @param layer number of the layer, from 0
   * @return a history of one moment
   */
  public static LayerHistory of(Network network, int layer) {
    InputConnectivity now =
        InputConnectivity.of(
            network.layers().get(layer).topology(), layer == 0 ? network.image() : null);
    Moment moment = Moment.of(now, 0, network.steps(), 0, 0);
    return new LayerHistory(layer, List.of(moment.point()), List.of(moment), moment, 0);
  }

  /**
   * Compares two moments of a run that has written no history.
   *
   * @param start connections before training
   * @param network after training
   * @param epochs that were trained
   * @return a history of the first layer in two moments
   */
  public static LayerHistory of(InputConnectivity start, Network network, int epochs) {
    Moment first = Moment.of(start, 0, 0, 0, 0);
    if (epochs == 0) {
      return new LayerHistory(0, List.of(first.point()), List.of(first), first, 0);
    }
    Moment last = Moment.of(InputConnectivity.of(network), epochs, network.steps(), 0, 0);
    return new LayerHistory(0, List.of(first.point(), last.point()), List.of(first, last), last, 0);
  }

  /**
   * Reads the history of a run.
   *
   * @param file written by {@link dev.rewire.history.HistoryWriter}
   * @param layer number of the layer, from 0
   * @param image how the inputs of the layer lie in a picture, or null
   * @param most how many moments to keep, 2 or more
   * @param epoch which moment to choose: the last one when so many epochs were over, or {@link
   *     #LAST}
   * @param growing whether the file is still being written, so that its last record need not be
   *     whole
   * @return the history
   * @throws HistoryFormatException if the file is damaged
   * @throws IOException if it cannot be read
   */
  public static LayerHistory read(
      Path file, int layer, @Nullable ImageShape image, int most, int epoch, boolean growing)
      throws IOException {
    int evolutions = new Reading(file, layer, image, 0, 0, -1).read(growing).seen;
    Reading reading =
        new Reading(file, layer, image, evolutions, Math.max(2, most), epoch).read(growing);
    if (reading.moments.isEmpty()) {
      throw new HistoryFormatException(
          file
              + " has no connections of layer "
              + layer
              + " yet: try again when training has begun");
    }
    Moment chosen = reading.latest == null ? reading.moments.getLast() : reading.latest;
    return new LayerHistory(
        layer, reading.points, reading.moments, chosen, reading.pendingDropped());
  }

  /**
   * Says how many moments make a film that is smooth and a page that is small.
   *
   * @param inputs of the layer
   * @return 12 to 100
   */
  public static int moments(int inputs) {
    return Math.clamp(PAGE / inputs, LEAST_MOMENTS, MOST_MOMENTS);
  }

  /**
   * Returns the first moment.
   *
   * @return the connections at the start
   */
  public Moment start() {
    return moments.getFirst();
  }

  /**
   * Returns the last moment.
   *
   * @return the connections at the end
   */
  public Moment end() {
    return moments.getLast();
  }

  /** One pass over the file; with no evolutions announced it only counts them. */
  private static final class Reading {
    private final Path file;
    private final int layer;
    private final @Nullable ImageShape image;
    private final int evolutions;
    private final int most;
    private final int epoch;
    private final List<Point> points = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();
    private int[] outgoing = new int[0];
    private int[] incoming = new int[0];
    private int seen;
    private @Nullable Moment latest;
    private boolean grewEver;
    private long dropped;
    private long grown;

    /** A removal that may be followed by its growth. */
    private @Nullable Pending pending;

    private record Pending(int epoch, long step, int[] outgoing, int[] incoming, int dropped) {}

    Reading(Path file, int layer, @Nullable ImageShape image, int evolutions, int most, int epoch) {
      this.file = file;
      this.layer = layer;
      this.image = image;
      this.evolutions = evolutions;
      this.most = most;
      this.epoch = epoch;
    }

    int pendingDropped() {
      return pending == null ? 0 : pending.dropped;
    }

    Reading read(boolean growing) throws IOException {
      try (HistoryReader reader = HistoryReader.open(file)) {
        HistoryReader.Shape shape = reader.layers().get(layer);
        outgoing = new int[shape.inputs()];
        incoming = new int[shape.outputs()];
        TopologyChange change = next(reader, growing);
        while (change != null) {
          if (change.layer() == layer) {
            apply(change, shape.inputs());
          }
          change = next(reader, growing);
        }
      }
      if (pending != null && !grewEver) {
        settle();
      }
      return this;
    }

    private static @Nullable TopologyChange next(HistoryReader reader, boolean growing)
        throws IOException {
      try {
        return reader.next();
      } catch (HistoryFormatException notWhole) {
        if (growing) {
          return null;
        }
        throw notWhole;
      }
    }

    private void apply(TopologyChange change, int inputs) {
      boolean start = change.epoch() == TopologyChange.START;
      boolean onlyDrops = change.grown().size() == 0 && change.dropped().size() > 0;
      boolean onlyGrows = change.dropped().size() == 0 && !start;
      if (pending != null && !onlyGrows) {
        settle();
      }
      if (onlyDrops) {
        int[] before = outgoing.clone();
        int[] beforeIn = incoming.clone();
        count(change.dropped(), inputs, -1);
        pending =
            new Pending(
                change.epoch(),
                change.step(),
                outgoing,
                incoming,
                Math.toIntExact(change.dropped().size()));
        outgoing = before;
        incoming = beforeIn;
        return;
      }
      Pending removal = pending;
      if (removal != null) {
        outgoing = removal.outgoing;
        incoming = removal.incoming;
        dropped += removal.dropped;
        pending = null;
      }
      count(change.dropped(), inputs, -1);
      count(change.grown(), inputs, 1);
      grewEver |= !start && change.grown().size() > 0;
      dropped += change.dropped().size();
      grown += start ? 0 : change.grown().size();
      note(change.epoch() + 1, change.step());
    }

    /** A removal that no growth followed is a moment of its own. */
    private void settle() {
      Pending removal = pending;
      pending = null;
      if (removal != null) {
        outgoing = removal.outgoing;
        incoming = removal.incoming;
        dropped += removal.dropped;
        note(removal.epoch + 1, removal.step);
      }
    }

    private void count(CellList cells, int inputs, int by) {
      for (long i = 0; i < cells.size(); i++) {
        long cell = cells.get(i);
        outgoing[(int) (cell % inputs)] += by;
        incoming[(int) (cell / inputs)] += by;
      }
    }

    private void note(int now, long step) {
      int number = seen++;
      if (evolutions == 0) {
        return;
      }
      boolean keep = chosen(number, most);
      boolean asked = epoch != LAST && now <= epoch;
      if (keep || asked || chosen(number, MOST_POINTS)) {
        Moment moment =
            Moment.of(
                new InputConnectivity(outgoing.clone(), incoming.clone(), image),
                now,
                step,
                dropped,
                grown);
        points.add(moment.point());
        if (keep) {
          moments.add(moment);
        }
        if (asked) {
          latest = moment;
        }
        dropped = 0;
        grown = 0;
      }
    }

    /** So many of all, evenly, the first and the last one among them. */
    private boolean chosen(int number, int of) {
      if (evolutions <= of || number == evolutions - 1) {
        return true;
      }
      long before = (number - 1L) * (of - 1) / (evolutions - 1);
      return number == 0 || (long) number * (of - 1) / (evolutions - 1) > before;
    }
  }
}
