package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import dev.rewire.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** How data are divided, moved and prepared, and that prediction does the same. */
class PreparationTest {
  @TempDir Path folder;

  private Done train(Path data, String run, Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("train", data, "--hidden", "12", "--epochs", "2", "--batch", "16"));
    words.addAll(List.of("--quiet", "--json", "--out", folder.resolve(run)));
    words.addAll(Arrays.asList(more));
    return Shell.run(words.toArray());
  }

  private JsonNode trained(Path data, String run, Object... more) {
    Done done = train(data, run, more);
    assertThat(done.code()).as(done.err()).isZero();
    return done.json();
  }

  private JsonNode config(String run) throws IOException {
    return YAMLMapper.builder()
        .build()
        .readTree(Files.readString(folder.resolve(run).resolve("config.yaml")));
  }

  @Test
  void foldsAreKeptInTheConfiguration() throws IOException {
    Path table = Samples.table(folder.resolve("pets.csv"), 103);
    JsonNode first = trained(table, "one", "--folds", "5", "--fold", "1");
    JsonNode second = trained(table, "two", "--folds", "5", "--fold", "2");
    assertThat(config("one").path("record").path("test_samples").asInt()).isEqualTo(21);
    assertThat(config("two").path("data").path("fold").asInt()).isEqualTo(2);
    assertThat(first.get("weights_sha256")).isNotEqualTo(second.get("weights_sha256"));
    JsonNode again = Shell.run("evaluate", folder.resolve("two"), "--json").json();
    assertThat(again.get("samples").asInt()).isEqualTo(21);
    assertThat(again.get("test_accuracy")).isEqualTo(second.get("test_accuracy"));
  }

  @Test
  void validationSamplesAreTakenFromTraining() throws IOException {
    Path digits = Samples.digits(folder.resolve("digits"), 200, 60);
    JsonNode result = trained(digits, "run", "--validation-fraction", "0.25");
    JsonNode data = config("run").path("record");
    assertThat(data.path("train_samples").asInt()).isEqualTo(150);
    assertThat(data.path("test_samples").asInt()).isEqualTo(60);
    JsonNode again = Shell.run("evaluate", folder.resolve("run"), "--json").json();
    assertThat(again.get("samples").asInt()).isEqualTo(60);
    assertThat(again.get("test_accuracy")).isEqualTo(result.get("test_accuracy"));
  }

  @Test
  void movedPicturesTeachSomethingElse() throws IOException {
    Path digits = Samples.digits(folder.resolve("digits"), 200, 60);
    String still = trained(digits, "still").get("weights_sha256").asString();
    String[] words = {"--augment", "shift=2,rotate=10"};
    String moved =
        trained(digits, "moved", words[0], words[1], "--threads", "1")
            .get("weights_sha256")
            .asString();
    String again =
        trained(digits, "again", words[0], words[1], "--threads", "2")
            .get("weights_sha256")
            .asString();
    assertThat(moved).isEqualTo(again).isNotEqualTo(still);
    assertThat(config("moved").path("data").path("augment").asString())
        .isEqualTo("shift=2,rotate=10.0");
  }

  @Test
  void streamedTablesGiveTheSameBits() throws IOException {
    Path table = Samples.table(folder.resolve("pets.csv"), 120);
    Path caches = folder.resolve("caches");
    JsonNode memory = trained(table, "memory");
    JsonNode disk = trained(table, "disk", "--stream", "--cache-dir", caches);
    assertThat(disk.get("weights_sha256")).isEqualTo(memory.get("weights_sha256"));
    assertThat(disk.get("test_loss")).isEqualTo(memory.get("test_loss"));
    try (var files = Files.list(caches)) {
      assertThat(files).hasSize(1);
    }
    JsonNode again = Shell.run("evaluate", folder.resolve("disk"), "--json").json();
    assertThat(again.get("test_accuracy")).isEqualTo(disk.get("test_accuracy"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"min-max", "standard", "log1p", "log1p-standard", "log1p-min-max", "none"})
  void predictionPreparesAsTrainingDid(String scaling) throws IOException {
    Path table = Samples.table(folder.resolve("pets.csv"), 80);
    trained(table, "run", "--scaling", scaling);
    String model = folder.resolve("run").toString();
    assertThat(config("run").path("network").path("scaling").asString()).isEqualTo(scaling);
    Done csv = Shell.run("predict", model, table, "--label", "kind", "--probabilities");
    Path out = folder.resolve("out.jsonl");
    Done lines =
        Shell.run(
            "predict",
            model,
            table,
            "--label",
            "kind",
            "--format",
            "jsonl",
            "--probabilities",
            "--out",
            out);
    assertThat(lines.code()).as(lines.err()).isZero();
    List<String> rows = csv.out().lines().skip(1).toList();
    List<String> objects = Files.readAllLines(out);
    assertThat(rows).hasSize(80).hasSameSizeAs(objects);
    var network = ModelFile.read(folder.resolve("run/model.safetensors"));
    List<String> samples = Files.readAllLines(table).subList(1, 81);
    for (int i = 0; i < 80; i++) {
      String[] row = rows.get(i).split(",");
      JsonNode object = JsonMapper.builder().build().readTree(objects.get(i));
      String[] raw = samples.get(i).split(",");
      float[] expected =
          network.predict(
              Float.parseFloat(raw[0]), Float.parseFloat(raw[1]), Float.parseFloat(raw[2]));
      assertThat(row[1]).isEqualTo(object.get("class").asString());
      assertThat(row[1]).isEqualTo(expected[0] >= expected[1] ? "cat" : "dog");
      for (int k = 0; k < 2; k++) {
        assertThat(Float.parseFloat(row[2 + k])).isEqualTo(expected[k]);
        String name = network.classNames().get(k);
        assertThat(object.get("probabilities").get(name).floatValue()).isEqualTo(expected[k]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "length,width,colour | 0 | -",
        "1,2,3               | 0 | -",
        "length,height,colour | 3 | \"height\" as feature 2 where the network in",
        "width,length,colour  | 3 | put the columns into the same order",
        "length,width         | 3 | has 2 features, but the network in",
        "length,width,colour,x | 3 | if one column is the class, name it by --label",
      })
  void predictRefusesOtherFeatures(String header, int code, String why) throws IOException {
    Path table = Samples.table(folder.resolve("pets.csv"), 40);
    trained(table, "run");
    String first = header.strip();
    Path file =
        Files.writeString(
            folder.resolve("new.csv"), first + "\n" + first.replaceAll("[a-z0-9]+", "1") + "\n");
    Done done = Shell.run("predict", folder.resolve("run"), file);
    assertThat(done.code()).as(done.err()).isEqualTo(code);
    if (code == 0) {
      assertThat(done.out().lines().count()).isEqualTo(first.startsWith("1") ? 3 : 2);
    } else {
      assertThat(done.errors()).singleElement().asString().contains(why);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--folds 5              | belong together",
        "--fold 2               | belong together",
        "--folds 1 --fold 1     | --folds must be 2 or more, not 1",
        "--folds 5 --fold 6     | --fold must be 1 to 5, not 6",
        "--validation-fraction 1 | 0 or more and below 1",
        "--augment zoom=2       | --augment 'zoom=2' is none of shift=PIXELS",
      })
  void wrongOptions(String words, String why) throws IOException {
    Path table = Samples.table(folder.resolve("pets.csv"), 40);
    Done done = train(table, "run", (Object[]) words.strip().split(" +"));
    assertThat(done.code()).isEqualTo(ExitCode.USAGE);
    assertThat(done.errors()).singleElement().asString().contains(why);
  }

  @Test
  void whatCannotBeMovedOrStreamed() throws IOException {
    Path table = Samples.table(folder.resolve("pets.csv"), 40);
    Done moved = train(table, "run", "--augment", "shift=1");
    assertThat(moved.code()).isEqualTo(ExitCode.USAGE);
    assertThat(moved.errors()).singleElement().asString().contains("pets has no pictures");
    Path digits = Samples.digits(folder.resolve("digits"), 20, 10);
    Done packed = train(digits, "run2", "--stream");
    assertThat(packed.code()).isEqualTo(ExitCode.DATA);
    assertThat(packed.errors()).singleElement().asString().contains("unpack them");
    Done named = train(Path.of("mnist"), "run3", "--stream");
    assertThat(named.code()).isEqualTo(ExitCode.DATA);
  }
}
