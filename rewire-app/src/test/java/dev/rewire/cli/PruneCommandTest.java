package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.cli.Shell.Done;
import dev.rewire.layer.SparseLayer;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Smaller networks out of saved ones. */
class PruneCommandTest {
  @TempDir static Path folder;
  private static Path digits;
  private static Path dense;
  private static Path start;

  @BeforeAll
  static void train() throws IOException {
    digits = Samples.digits(folder.resolve("digits"), 600, 200);
    dense = folder.resolve("dense");
    start = folder.resolve("start");
    train("0", start);
    train("3", dense);
  }

  private static void train(String epochs, Path out) {
    List<Object> words = new ArrayList<>(List.of("train", digits, "--out", out, "--quiet"));
    words.addAll(List.of("--hidden", "40,30", "--density", "1", "--rule", "static"));
    words.addAll(List.of("--batch", "30", "--epochs", epochs));
    Done done = Shell.run(words.toArray());
    assertThat(done.code()).as(done.err()).isZero();
  }

  private static Done prune(Object... words) {
    List<Object> all = new ArrayList<>(List.of("prune", dense));
    all.addAll(List.of(words));
    return Shell.run(all.toArray());
  }

  private static int[] connections(Network network) {
    return network.layers().stream().mapToInt(layer -> layer.topology().connections()).toArray();
  }

  @Test
  void nineOfTenConnectionsGo() throws IOException {
    Path out = folder.resolve("pruned.safetensors");
    Done done = prune("--sparsity", "90%", "--out", out, "--test", "--json");
    assertThat(done.code()).as(done.err()).isZero();
    JsonNode json = done.json();

    Network before = ModelFile.read(dense.resolve("model.safetensors"));
    Network after = ModelFile.read(out);
    int inputs = before.inputs();
    assertThat(connections(before)).containsExactly(inputs * 40, 40 * 30, 30 * 10);
    assertThat(connections(after))
        .containsExactly(Math.round(inputs * 40 / 10f), 40 * 30 / 10, 30 * 10 / 10);
    for (SparseLayer layer : after.layers()) {
      SparseLayer old = before.layers().get(layer.index());
      int e = layer.topology().rowStart().get(5);
      int there = old.topology().find(layer.topology().column().get(e), 5);
      assertThat(layer.weight().get(e)).isEqualTo(old.weight().get(there));
    }
    JsonNode trained = Shell.run("evaluate", dense, "--json").json();
    assertThat(json.get("test_accuracy_before")).isEqualTo(trained.get("test_accuracy"));
    JsonNode evaluated = Shell.run("evaluate", out, digits, "--json").json();
    assertThat(json.get("test_accuracy")).isEqualTo(evaluated.get("test_accuracy"));
    assertThat(json.get("weights_sha256")).isEqualTo(evaluated.get("weights_sha256"));
    assertThat(json.get("file_bytes").asLong())
        .isEqualTo(Files.size(out))
        .isLessThan(json.get("file_bytes_before").asLong() / 5);
    assertThat(json.get("connections").asInt()).isEqualTo(IntStream.of(connections(after)).sum());
    assertThat(json.get("connections_saved").asInt()).isZero();
  }

  @Test
  void oneBoundForAllLayersAndTheOutputsStay() throws IOException {
    Path out = folder.resolve("global.safetensors");
    Done done = prune("--density", "0.2", "--scope", "global", "--skip-output", "--out", out);
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out()).contains("connections of", "neurons of", "on disk", "global");
    int[] counts = connections(ModelFile.read(out));
    int cells = connections(ModelFile.read(dense.resolve("model.safetensors")))[0] + 40 * 30;
    assertThat(counts[0] + counts[1]).isEqualTo((int) Math.rint(0.2 * cells));
    assertThat(counts[2]).isEqualTo(300);
  }

  @Test
  void neuronsGoAndPredictionsOfTheRestStay() throws IOException {
    Path few = folder.resolve("few.safetensors");
    assertThat(prune("--threshold-sigma", "2.5", "--out", few).code()).isZero();
    Path narrow = folder.resolve("narrow.safetensors");
    JsonNode json =
        Shell.run("prune", few, "--compact", "--out", narrow, "--test", digits, "--json").json();
    assertThat(json.get("test_accuracy")).isEqualTo(json.get("test_accuracy_before"));
    assertThat(json.get("test_loss").asDouble())
        .isCloseTo(json.get("test_loss_before").asDouble(), within(1e-6));
    assertThat(json.get("neurons").asInt())
        .isEqualTo(
            json.get("neurons_before").asInt()
                - json.get("neurons_folded").asInt()
                - json.get("neurons_unused").asInt());

    Path important = folder.resolve("important.safetensors");
    Done done = prune("--neurons", "20%", "--out", important, "--test");
    assertThat(done.out()).contains("became part of biases", "accuracy");
    Network network = ModelFile.read(important);
    assertThat(network.layers().getFirst().outputs()).isEqualTo(32);
    assertThat(network.layers().get(1).outputs()).isEqualTo(24);
    assertThat(network.outputs()).isEqualTo(10);
  }

  @Test
  void aTicketHasItsFirstWeights() throws IOException {
    Path out = folder.resolve("ticket.safetensors");
    Done done = prune("--keep", "50%", "--rewind", start, "--out", out);
    assertThat(done.code()).as(done.err()).isZero();
    Network ticket = ModelFile.read(out);
    Network first = ModelFile.read(start.resolve("model.safetensors"));
    assertThat(ticket.connections()).isEqualTo(first.connections() / 2);
    SparseLayer layer = ticket.layers().get(1);
    for (int e = 0; e < layer.topology().rowStart().get(1); e++) {
      int input = layer.topology().column().get(e);
      assertThat(layer.weight().get(e))
          .isEqualTo(
              first.layers().get(1).weight().get(first.layers().get(1).topology().find(input, 0)));
    }
  }

  /** The layers of our own model as PyTorch would have written them. */
  private static Path foreign(Path run, String name) throws IOException {
    Network network = ModelFile.read(run.resolve("model.safetensors"));
    StringBuilder header = new StringBuilder();
    ByteBuffer data = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    for (SparseLayer layer : network.layers()) {
      String text = ",\"fc%d.%%s\":{\"dtype\":\"F32\",\"shape\":[%%s],\"data_offsets\":[%%d,%%d]}";
      String entry = text.formatted(layer.index());
      int begin = data.position();
      for (float weight : layer.weight().toArray()) {
        data.putFloat(weight);
      }
      String shape = layer.outputs() + "," + layer.inputs();
      header.append(entry.formatted("weight", shape, begin, data.position()));
      begin = data.position();
      for (float bias : layer.bias().toArray()) {
        data.putFloat(bias);
      }
      header.append(entry.formatted("bias", layer.outputs(), begin, data.position()));
    }
    byte[] json = ("{" + header.substring(1) + "}").getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + json.length + data.position()).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json).put(data.flip());
    return Files.write(folder.resolve(name), file.array());
  }

  @Test
  void denseLayersOfOtherProgramsBecomeSparse() throws IOException {
    Path torch = foreign(dense, "torch.safetensors");
    float scale = ModelFile.read(dense.resolve("model.safetensors")).scaling().scale(0);
    Path out = folder.resolve("converted.safetensors");
    List<Object> words = List.of("prune", torch, "--activation", "relu", "--divide-by", 1 / scale);
    List<Object> all = new ArrayList<>(words);
    all.addAll(List.of("--out", out, "--test", digits, "--json"));
    Done done = Shell.run(all.toArray());
    assertThat(done.code()).as(done.err()).isZero();
    JsonNode trained = Shell.run("evaluate", dense, "--json").json();
    assertThat(done.json().get("test_accuracy")).isEqualTo(trained.get("test_accuracy"));
    all.addAll(List.of("--sparsity", "0.8", "--compact"));
    JsonNode pruned = Shell.run(all.toArray()).json();
    assertThat(pruned.get("sparsity").asDouble()).isBetween(0.75, 0.801);
    assertThat(pruned.get("test_accuracy_before")).isEqualTo(trained.get("test_accuracy"));

    Path other = folder.resolve("never2.safetensors");
    refused(Shell.run("prune", torch, "--keep", "0.5", "--out", other), "add --activation relu");
    refused(Shell.run("prune", torch, "--activation", "xx", "--out", other), "no activation 'xx'");
    refused(prune("--keep", "0.5", "--divide-by", "2", "--out", other), "of other programs");
  }

  /** Classes without names get those of the data. */
  @Test
  void networksOfOtherProgramsAreTrainedOn() throws IOException {
    Path table = Samples.table(folder.resolve("table.csv"), 60);
    Path run = folder.resolve("table");
    List<Object> words = new ArrayList<>(List.of("train", table, "--quiet", "--hidden", "8"));
    words.addAll(List.of("--density", "1", "--scaling", "none", "--epochs", "4", "--out", run));
    assertThat(Shell.run(words.toArray()).code()).isZero();
    Path torch = foreign(run, "torch-table.safetensors");
    Path sparse = folder.resolve("sparse-table.safetensors");
    Path on = folder.resolve("table-on");
    Done done = Shell.run("prune", torch, "--activation", "relu", "--keep", "70%", "--out", sparse);
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(ModelFile.read(sparse).classNames()).containsExactly("0", "1");
    Done trained =
        Shell.run("train", table, "--from", sparse, "--quiet", "--epochs", "1", "--out", on);
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(ModelFile.read(on.resolve("model.safetensors")).classNames())
        .containsExactly("cat", "dog");
    Done other = Shell.run("train", digits, "--from", run, "--quiet");
    assertThat(other.code()).isEqualTo(ExitCode.DATA);
  }

  @Test
  void whatCannotBeDoneIsSaidInOneSentence() {
    Path out = folder.resolve("never.safetensors");
    refused(prune("--out", out), "not said what goes");
    refused(prune("--sparsity", "0.9", "--keep", "0.5", "--out", out), "give one of them");
    refused(prune("--sparsity", "120%", "--out", out), "--sparsity must be");
    refused(prune("--sparsity", "much", "--out", out), "such as 0.2 or 20%, not much");
    refused(prune("--keep", "0.5", "--scope", "global", "--out", out), "--scope belongs to");
    refused(prune("--compact", "--skip-output", "--out", out), "--skip-output belongs to");
    refused(prune("--neurons", "1", "--out", out), "--neurons must be");
    refused(
        prune("--keep", "0.5", "--out", folder.resolve("no/such/folder/x")), "cannot be written");
    refused(
        Shell.run("prune", start, "--keep", "0.5", "--rewind", digitsModel(), "--out", out),
        "--rewind");
    assertThat(out).doesNotExist();
  }

  /** A network of another shape. */
  private static Path digitsModel() {
    Path other = folder.resolve("other");
    Done done =
        Shell.run("train", digits, "--out", other, "--quiet", "--hidden", "7", "--epochs", "0");
    assertThat(done.code()).as(done.err()).isZero();
    return other;
  }

  private static void refused(Done done, String reason) {
    assertThat(done.code()).isEqualTo(ExitCode.USAGE);
    assertThat(done.errors()).singleElement().asString().contains(reason);
  }
}
