package dev.rewire.cli;

import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.Degrees;
import dev.rewire.measure.NeuronMatching;
import dev.rewire.measure.PowerLaw;
import dev.rewire.measure.TopologyDistance;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Topology;
import dev.rewire.trajectory.DistanceMap;
import dev.rewire.trajectory.Moments;
import dev.rewire.trajectory.RunComparison;
import dev.rewire.trajectory.Trajectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads runs and measures how far apart they are.
 *
 * @param console where progress goes
 * @param quiet whether there is none
 * @param moments of each run that are compared
 * @param threads to measure with
 */
record RunsToCompare(Console console, boolean quiet, int moments, int threads) {
  /** For a p that is known to about 0.03. */
  private static final int SAMPLES = 250;

  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(5);

  /** A run, and its topologies at some moments; none without a history. */
  private record Read(RunComparison.Run run, List<Moments.Moment> moments) {}

  RunComparison read(List<Path> places) throws IOException {
    List<Read> reads = new ArrayList<>();
    for (Path place : places) {
      for (Path folder : folders(place)) {
        Read read = read(folder);
        if (read != null) {
          reads.add(read);
        }
      }
    }
    if (reads.size() < 2) {
      throw new UsageException(
          "there is only %s to compare: give two folders of runs, or that of a sweep"
              .formatted(Say.plural(reads.size(), "run")));
    }
    List<RunComparison.Run> runs = reads.stream().map(Read::run).toList();
    String unmapped = whyNoMap(reads);
    return new RunComparison(runs, unmapped.isEmpty() ? map(reads) : null, unmapped);
  }

  /** The folder itself, or the runs in it. */
  private static List<Path> folders(Path place) throws IOException {
    if (Files.isRegularFile(place.resolve(RunFolder.CONFIG))) {
      return List.of(place);
    }
    if (!Files.isDirectory(place)) {
      throw new IOException("there is no folder %s: give folders of runs".formatted(place));
    }
    try (Stream<Path> inside = Files.list(place)) {
      List<Path> runs =
          inside
              .filter(path -> Files.isRegularFile(path.resolve(RunFolder.CONFIG)))
              .sorted()
              .toList();
      if (runs.isEmpty()) {
        throw new IOException(
            "%s is no folder of a run, and there is none in it: it has no %s"
                .formatted(place, RunFolder.CONFIG));
      }
      return runs;
    }
  }

  private @Nullable Read read(Path path) throws IOException {
    RunFolder folder = RunFolder.open(path);
    RecordedRun recorded = RecordedRun.of(folder);
    String name = String.valueOf(path.getFileName());
    int last = recorded.lines().size();
    if (last == 0) {
      console.say("%s has no epoch yet and is left out", path);
      return null;
    }
    ImageShape image = SavedModel.open(path).network().image();
    Trajectory trajectory = recorded.trajectory(image, _ -> false);
    if (!Files.exists(folder.history())) {
      return new Read(new RunComparison.Run(name, trajectory, null, null), List.of());
    }
    List<Moments.Moment> chosen =
        Moments.read(folder.history(), recorded.steps(), Moments.spread(last, moments));
    Degrees degrees = Degrees.outgoing(chosen.getLast().layers().getFirst());
    return new Read(new RunComparison.Run(name, trajectory, degrees, law(degrees)), chosen);
  }

  private @Nullable PowerLaw law(Degrees degrees) {
    try (WorkerTeam team = new WorkerTeam(threads)) {
      return PowerLaw.of(degrees, SAMPLES, new RandomStreams(0), 0, team);
    }
  }

  /** In words, or nothing if the runs can be compared. */
  private static String whyNoMap(List<Read> reads) {
    for (Read read : reads) {
      if (read.moments().isEmpty()) {
        return "There are no distances: %s has no topology history".formatted(read.run().name());
      }
    }
    List<Topology> first = reads.getFirst().moments().getFirst().layers();
    for (Read read : reads) {
      List<Topology> other = read.moments().getFirst().layers();
      boolean same = other.size() == first.size();
      for (int l = 0; same && l < first.size(); l++) {
        same =
            other.get(l).inputs() == first.get(l).inputs()
                && other.get(l).outputs() == first.get(l).outputs();
      }
      if (!same) {
        return "There are no distances: %s and %s have layers of different widths"
            .formatted(reads.getFirst().run().name(), read.run().name());
      }
    }
    return "";
  }

  private DistanceMap map(List<Read> reads) {
    int all = reads.stream().mapToInt(read -> read.moments().size()).sum();
    long pairs = (long) all * (all - 1) / 2;
    long begin = System.nanoTime();
    long[] next = {begin + INTERVAL};
    try (WorkerTeam team = new WorkerTeam(threads)) {
      return DistanceMap.of(
          reads.stream().map(Read::moments).toList(),
          (a, b) -> distance(a.layers(), b.layers(), team),
          done -> {
            long now = System.nanoTime();
            if (!quiet && now - next[0] > 0) {
              next[0] = now + INTERVAL;
              double seconds = (now - begin) / 1e9;
              console.say(
                  "distance %,d of %,d, about %s left",
                  done, pairs, Say.duration(seconds / done * (pairs - done)));
            }
          });
    }
  }

  /** The mean over the layers that can differ: complete layers cannot. */
  private static double distance(List<Topology> a, List<Topology> b, WorkerTeam team) {
    double[] perLayer = TopologyDistance.of(a, b, NeuronMatching.AUTOMATIC, team).perLayer();
    double sum = 0;
    int layers = 0;
    for (int l = 0; l < perLayer.length; l++) {
      if (a.get(l).density() < 1 || b.get(l).density() < 1) {
        sum += perLayer[l];
        layers++;
      }
    }
    return layers == 0 ? 0 : sum / layers;
  }
}
