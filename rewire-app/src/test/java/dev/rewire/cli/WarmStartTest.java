package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import dev.rewire.layer.SparseLayer;
import dev.rewire.model.Fingerprint;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that trains the network of another one on. */
class WarmStartTest {
  @TempDir static Path shared;
  private static Path digits;
  private static Path first;

  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    digits = Samples.digits(shared.resolve("digits"), 300, 100);
    first = shared.resolve("first");
    List<Object> words = new ArrayList<>(List.of("train", digits, "--out", first, "--quiet"));
    words.addAll(List.of("--hidden", "24,12", "--activation", "srelu", "--batch", "60"));
    words.addAll(List.of("--normalization", "batch-norm", "--epochs", "2", "--dropout", "0.25"));
    Done done = Shell.run(words.toArray());
    assertThat(done.code()).as(done.err()).isZero();
  }

  private Done train(String out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", digits, "--quiet", "--batch", "60"));
    words.addAll(List.of("--out", folder.resolve(out), "--from", first));
    words.addAll(List.of(more));
    return Shell.run(words.toArray());
  }

  private static Network model(Path run) throws IOException {
    return ModelFile.read(run.resolve("model.safetensors"));
  }

  private static void ok(Done done) {
    assertThat(done.code()).as(done.err()).isZero();
  }

  @Test
  void beginsWithTheSameNetwork() throws IOException {
    ok(train("same", "--epochs", "0"));
    Network before = model(first);
    Network after = model(folder.resolve("same"));
    assertThat(Fingerprint.of(after)).isEqualTo(Fingerprint.of(before));
    assertThat(after.steps()).isZero();
    for (SparseLayer layer : after.layers()) {
      SparseLayer old = before.layers().get(layer.index());
      assertThat(layer.activation()).isEqualTo(old.activation());
      assertThat(layer.dropout()).isEqualTo(old.dropout());
      for (int k = 0; k < layer.neurons().size(); k++) {
        assertThat(layer.neurons().get(k).layer()).isEqualTo(old.neurons().get(k).layer());
        for (int p = 0; p < layer.neurons().get(k).parameters(); p++) {
          assertThat(layer.neurons().get(k).parameter(p).toArray())
              .isEqualTo(old.neurons().get(k).parameter(p).toArray());
        }
      }
    }
    String config = Files.readString(folder.resolve("same/config.yaml"));
    assertThat(config).contains("model_from: \"" + first, "24", "batch-norm", "srelu", "0.25");
  }

  @Test
  void aRunIsReproducedAndGoneOnWith() throws IOException {
    ok(train("rewired", "--epochs", "2"));
    ok(Shell.run("reproduce", folder.resolve("rewired"), "--quiet"));
    ok(train("longer", "--epochs", "4"));
    ok(Shell.run("resume", folder.resolve("rewired"), "--epochs", "4", "--quiet"));
    assertThat(Fingerprint.of(model(folder.resolve("rewired"))))
        .isEqualTo(Fingerprint.of(model(folder.resolve("longer"))));
    Done again =
        Shell.run(
            "train",
            folder.resolve("longer/config.yaml"),
            "--out",
            folder.resolve("again"),
            "--quiet");
    ok(again);
    assertThat(Fingerprint.of(model(folder.resolve("again"))))
        .isEqualTo(Fingerprint.of(model(folder.resolve("longer"))));
  }

  @Test
  void theRestOfAPrunedNetworkIsTrainedOn() throws IOException {
    Path pruned = folder.resolve("pruned.safetensors");
    ok(Shell.run("prune", first, "--keep", "60%", "--neurons", "20%", "--out", pruned));
    Path out = folder.resolve("retrained");
    List<Object> words = new ArrayList<>(List.of("train", digits, "--from", pruned, "--quiet"));
    words.addAll(List.of("--out", out, "--epochs", "1", "--rule", "static", "--dropout", "0.1"));
    ok(Shell.run(words.toArray()));
    Network before = ModelFile.read(pruned);
    Network after = model(out);
    for (SparseLayer layer : after.layers()) {
      assertThat(layer.topology().column().toArray())
          .isEqualTo(before.layers().get(layer.index()).topology().column().toArray());
    }
    assertThat(after.layers().getFirst().dropout().rate()).isEqualTo(0.1);
    assertThat(Fingerprint.of(after)).isNotEqualTo(Fingerprint.of(before));
  }

  @Test
  void whatTheNetworkContradictsIsRefused() throws IOException {
    ok(train("same", "--epochs", "0", "--hidden", "24,12", "--activation", "srelu"));
    refused(train("a", "--hidden", "24"), "--hidden [24]", "[24, 12]");
    refused(train("b", "--activation", "relu"), "--activation relu", "srelu");
    refused(train("c", "--epsilon", "5"), "--epsilon means nothing to --from");
    refused(train("d", "--topology-from", first), "--topology-from means nothing");
    Done missing = Shell.run("train", digits, "--from", folder.resolve("nowhere"), "--quiet");
    assertThat(missing.code()).isEqualTo(ExitCode.DATA);
    assertThat(missing.errors()).singleElement().asString().contains("there is no model");
    Path table = Samples.table(folder.resolve("table.csv"), 40);
    Done other =
        Shell.run("train", table, "--from", first, "--out", folder.resolve("e"), "--quiet");
    assertThat(other.code()).isEqualTo(ExitCode.DATA);
    assertThat(other.errors()).singleElement().asString().contains("features");
    assertThat(folder.resolve("e")).doesNotExist();
  }

  private static void refused(Done done, String... words) {
    assertThat(done.code()).isEqualTo(ExitCode.USAGE);
    assertThat(done.errors()).singleElement().asString().contains(words);
  }
}
