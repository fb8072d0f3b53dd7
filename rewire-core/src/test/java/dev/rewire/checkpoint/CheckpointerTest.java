package dev.rewire.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.model.AtomicFile;
import dev.rewire.model.Checkpoint;
import dev.rewire.model.Fingerprint;
import dev.rewire.model.ModelFile;
import dev.rewire.model.ModelFormatException;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.optimizer.Sgd;
import dev.rewire.train.DivergedException;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingPlan;
import dev.rewire.train.TrainingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When checkpoints are written, which are kept, and what happens when the disk does not help. */
class CheckpointerTest {
  @TempDir Path folder;

  private static InMemoryDataset data() {
    float[][] samples = new float[60][4];
    int[] labels = new int[60];
    for (int i = 0; i < 60; i++) {
      labels[i] = i % 2;
      samples[i][i % 4] = labels[i] + i * 0.01f;
    }
    return InMemoryDataset.of("steps", samples, labels);
  }

  private static Network network() {
    return new NetworkBuilder(4, InMemoryDataset.numbered(2)).hidden(6).epsilon(1).build();
  }

  /** 3 steps an epoch, 4 epochs. */
  private Network train(CheckpointSchedule schedule, int keep) {
    Network network = network();
    trainer().listen(checkpointer(schedule, keep)).train(network, data(), data());
    return network;
  }

  private static Trainer trainer() {
    return new Trainer(TrainingPlan.defaults().withEpochs(4).withBatch(20).withThreads(1));
  }

  private Checkpointer checkpointer(CheckpointSchedule schedule, int keep) {
    return new Checkpointer(checkpoints(), schedule, keep);
  }

  private Checkpoints checkpoints() {
    return new Checkpoints(folder.resolve("checkpoints"));
  }

  private List<Long> steps() throws IOException {
    return checkpoints().files().stream().map(Checkpoints::step).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1epochs | 12 9 6 3",
        "2epochs | 12 6",
        "3epochs | 12 9",
        "4 steps | 12 8 4",
        "1step | 12 11 10 9 8 7 6 5 4 3 2 1",
        "never | 12",
        "1h | 12"
      })
  void areWrittenWhenTheScheduleSaysSo(String schedule, String steps) throws IOException {
    train(CheckpointSchedule.of(schedule), 100);
    assertThat(steps().stream().map(String::valueOf).toList()).containsExactly(steps.split(" "));
  }

  @Test
  void onlyTheLastOnesAreKept() throws IOException {
    Network network = train(new CheckpointSchedule.Epochs(1), 2);
    assertThat(steps()).containsExactly(12L, 9L);
    try (Stream<Path> files = Files.list(checkpoints().folder())) {
      assertThat(files).hasSize(2);
    }
    Checkpoint last = checkpoints().newest(damaged -> {});
    assertThat(last).isNotNull();
    assertThat(Fingerprint.of(last.network())).isEqualTo(Fingerprint.of(network));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "never", "5epochs", "500steps", "10m", "90s"})
  void schedulesAreReadAndWritten(String text) {
    assertThat(CheckpointSchedule.of(text)).hasToString(text);
    assertThat(CheckpointSchedule.of("2h")).hasToString("120m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "often", "10", "m", "0steps", "-1m", "99999999999epochs", "1.5h"})
  void otherWordsAreRefused(String text) {
    assertThatThrownBy(() -> CheckpointSchedule.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be ");
  }

  @Test
  void aDamagedOneIsPutAsideAndTheOneBeforeIsUsed() throws IOException {
    train(new CheckpointSchedule.Epochs(1), 3);
    Path newest = checkpoints().files().getFirst();
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length - 5] ^= 1;
    Files.write(newest, bytes);
    Path leftover = newest.resolveSibling(newest.getFileName() + ".17" + AtomicFile.TEMPORARY);
    Files.write(leftover, new byte[100]);

    List<ModelFormatException> told = new ArrayList<>();
    Checkpoint used = checkpoints().newest(told::add);
    assertThat(used).isNotNull();
    assertThat(used.network().steps()).isEqualTo(9);
    assertThat(told).singleElement().asString().contains(newest.toString());
    assertThat(steps()).containsExactly(9L, 6L);
    assertThat(leftover).doesNotExist();
  }

  @Test
  void everyByteOfACheckpointIsChecked() throws IOException {
    train(new CheckpointSchedule.Epochs(4), 1);
    Path file = checkpoints().files().getFirst();
    byte[] bytes = Files.readAllBytes(file);
    Checkpoint whole = Checkpoint.read(file);
    for (int at = 0; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(file, damaged);
      try {
        Checkpoint read = Checkpoint.read(file);
        // spaces behind the header, or an unused entry of it
        assertThat(read.state()).as("byte %d", at).isEqualTo(whole.state());
        assertThat(read.lengths()).isEqualTo(whole.lengths());
        assertThat(read.network().steps()).isEqualTo(whole.network().steps());
        assertThat(Fingerprint.of(read.network())).isEqualTo(Fingerprint.of(whole.network()));
      } catch (ModelFormatException expected) {
        assertThat(expected.getMessage()).contains(file.toString());
      }
    }
  }

  @Test
  void aModelIsNoCheckpoint() throws IOException {
    Path file = folder.resolve("model");
    ModelFile.write(network(), file);
    assertThatThrownBy(() -> Checkpoint.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("no checkpoint");
  }

  /** Takes so many bytes, then the disk is full. */
  private static void writeUntilFull(Path path, int capacity) throws IOException {
    AtomicFile.write(
        path,
        out -> {
          for (int written = 0; ; written += 8) {
            if (written >= capacity) {
              throw new IOException("No space left on device");
            }
            out.write(ByteBuffer.allocate(8));
          }
        });
  }

  @Test
  void aFullDiskLeavesTheFileAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    for (int capacity : new int[] {0, 8, 800}) {
      assertThatThrownBy(() -> writeUntilFull(file, capacity)).hasMessageContaining("No space");
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).containsExactly(file);
      }
      assertThat(file).hasContent("old");
    }
    AtomicFile.write(file, "new");
    assertThat(file).hasContent("new");
  }

  /** The temporary file is a device on which there is never room. */
  @Test
  void aFullDiskLeavesTheCheckpointsAsTheyWere() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "there is no /dev/full");
    Path checkpointFolder = Files.createDirectories(checkpoints().folder());
    Path temporary =
        checkpointFolder.resolve(
            "step-000000000009.safetensors."
                + ProcessHandle.current().pid()
                + AtomicFile.TEMPORARY);
    Files.createSymbolicLink(temporary, full);
    assertThatThrownBy(() -> train(new CheckpointSchedule.Epochs(1), 2))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("No space left on device");
    assertThat(steps()).containsExactly(6L, 3L);
    Checkpoint last = checkpoints().newest(damaged -> {});
    assertThat(last).isNotNull();
    assertThat(last.network().steps()).isEqualTo(6);
  }

  @Test
  void aFolderThatIsNoFolderIsSaid() throws IOException {
    Files.writeString(checkpoints().folder(), "in the way");
    assertThatThrownBy(() -> train(new CheckpointSchedule.Epochs(1), 2))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("checkpoints");
  }

  @Test
  void aLinkIsTheSameFileUntilItIsReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "one");
    Path link = folder.resolve("link");
    AtomicFile.link(link, file);
    AtomicFile.write(file, "two");
    assertThat(Files.readString(link, StandardCharsets.UTF_8)).isEqualTo("one");
    AtomicFile.link(link, file);
    assertThat(link).hasContent("two");
  }

  @Test
  void aNetworkThatHasDivergedReplacesNoGoodOne() throws IOException {
    Network network = network();
    TrainingPlan plan =
        TrainingPlan.defaults()
            .withOptimizer(Sgd.rate(1e30))
            .withEpochs(4)
            .withBatch(20)
            .withThreads(1);
    assertThatThrownBy(() ->
            new Trainer(plan)
                .listen(checkpointer(new CheckpointSchedule.Steps(1), 1))
                .train(network, data(), data()))
        .isInstanceOf(DivergedException.class);
    for (Path file : checkpoints().files()) {
      Network kept = Checkpoint.read(file).network();
      assertThat(kept.layers()).allMatch(layer -> layer.weight().finite());
    }
    assertThat(network.layers()).anyMatch(layer -> !layer.weight().finite());
  }

  @Test
  void lengthsOfOtherFilesComeBack() throws IOException {
    Path file = folder.resolve("moment");
    new Checkpoint(network(), TrainingState.BEGINNING, Map.of("metrics.jsonl", 4711L)).write(file);
    assertThat(Checkpoint.read(file).lengths()).containsExactly(Map.entry("metrics.jsonl", 4711L));
  }
}
