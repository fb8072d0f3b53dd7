package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a training at random moments, as {@code kill -9} does, and starts it again until it is
 * through: nothing is lost and the bits are those of a training that was left in peace. A few kills
 * in an ordinary build; more by {@code -Dtest.jvm.options=-Drewire.kills=200}.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("rewire.kills", 4);
  private static final int EPOCHS = 20;
  private static final int START_MILLIS = 1500;

  // Some kills come early, others let the training get far or even end.
  private static final int SOON_MILLIS = 700;
  private static final int LATE_MILLIS = 4000;

  @TempDir Path folder;
  private final SplittableRandom random =
      new SplittableRandom(Long.getLong("rewire.kills.seed", 1));
  private int kills;
  private int resumes;

  @Test
  void theBitsAreThoseOfATrainingThatWasLeftInPeace() throws IOException, InterruptedException {
    Path digits = Samples.digits(folder.resolve("digits"), 200, 50);
    int runs = 0;
    for (int seed = 1; kills < KILLS; seed++) {
      String preset = seed % 2 == 0 ? "klear" : "default";
      Path peace = folder.resolve("peace-" + seed);
      Path killed = folder.resolve("killed-" + seed);
      Shell.Done expected = Shell.run(words("train", digits, peace, preset, seed, "auto"));
      assertThat(expected.code()).as(expected.err()).isZero();
      untilDone(digits, killed, preset, seed);
      RunFolders.assertSame(killed, peace);
      RunFolders.assertHistoryLeadsToTheModel(killed);
      delete(peace);
      delete(killed);
      runs++;
    }
    System.out.printf(
        "%d kills of %d runs, gone on with %d times, no run lost%n", kills, runs, resumes);
    assertThat(resumes).isPositive();
  }

  private static Object[] words(
      String command, Path digits, Path out, String preset, int seed, String every) {
    return new Object[] {
      command,
      digits,
      "--preset",
      preset,
      "--hidden",
      "32",
      "--batch",
      "20",
      "--epochs",
      EPOCHS,
      "--seed",
      seed,
      "--threads",
      "1",
      "--checkpoint-every",
      every,
      "--out",
      out
    };
  }

  private void untilDone(Path digits, Path out, String preset, int seed)
      throws IOException, InterruptedException {
    while (!Files.exists(out.resolve("result.json"))) {
      boolean begun = !new RunFolder(out).checkpoints().files().isEmpty();
      if (!begun && Files.exists(out)) {
        // killed before the first checkpoint: there is nothing to go on from
        delete(out);
      }
      Process process =
          begun
              ? ChildProcess.start("resume", out)
              : ChildProcess.start(words("train", digits, out, preset, seed, "1step"));
      resumes += begun ? 1 : 0;
      String said = killAtAnyMoment(process);
      if (process.exitValue() != 0 && process.exitValue() != 137) {
        throw new AssertionError("ended with " + process.exitValue() + ":\n" + said);
      }
    }
  }

  /** Returns what it said before the kill. */
  private String killAtAnyMoment(Process process) throws IOException, InterruptedException {
    StringBuilder said = new StringBuilder();
    boolean letItEnd = kills >= KILLS;
    if (letItEnd) {
      said.append(new String(process.getErrorStream().readAllBytes()));
      process.waitFor();
      return said.toString();
    }
    if (random.nextInt(5) == 0) {
      // any moment of the start
      kill(process, random.nextInt(START_MILLIS));
      said.append(new String(process.getErrorStream().readAllBytes()));
      return said.toString();
    }
    try (BufferedReader messages = process.errorReader()) {
      String line = messages.readLine();
      while (line != null && !line.startsWith("training ")) {
        said.append(line).append('\n');
        line = messages.readLine();
      }
      kill(process, random.nextInt(random.nextBoolean() ? SOON_MILLIS : LATE_MILLIS));
      messages.lines().forEach(rest -> said.append(rest).append('\n'));
    }
    return said.toString();
  }

  private void kill(Process process, int millis) throws InterruptedException {
    if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      // unlike Process.destroyForcibly, this leaves the streams open
      process.toHandle().destroyForcibly();
      process.waitFor();
      kills++;
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
