package dev.rewire.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
  void validationIsCalledValidationEverywhere() throws IOException {
    Path table = Samples.table(folder.resolve("pets.csv"), 80);
    Path run = folder.resolve("run");
    Done done =
        Shell.run(
            "train",
            table,
            "--hidden",
            "12",
            "--epochs",
            "2",
            "--validation-fraction",
            "0.25",
            "--tensorboard",
            "--json",
            "--out",
            run);
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.err()).contains("validation loss").doesNotContain("test loss");
    assertThat(done.err()).contains("16 for validation and on 16 at the end");
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    assertThat(lines)
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).doesNotContain("test").contains("validation_loss"));
    JsonNode last = JsonMapper.builder().build().readTree(lines.getLast());
    assertThat(done.json().get("validation_loss")).isEqualTo(last.get("validation_loss"));
    assertThat(Files.readString(run.resolve("report.html")))
        .contains(">validation<", "the validation samples teach nothing")
        .doesNotContain(">test<");
    try (var files = Files.list(run.resolve("tensorboard"))) {
      String events = Files.readString(files.findFirst().orElseThrow(), ISO_8859_1);
      assertThat(events).contains("loss/validation", "accuracy/validation");
      assertThat(events).doesNotContain("loss/test", "accuracy/test");
    }
  }

  /** What was done about missing values is known to the network, also far from its run. */
  @ParameterizedTest
  @ValueSource(strings = {"mean", "zero"})
  void predictionFillsGapsAsTrainingDid(String policy) throws IOException {
    StringBuilder text = new StringBuilder("a,b,kind\n");
    for (int r = 0; r < 90; r++) {
      text.append(r % 4 == 1 ? "" : String.valueOf(r % 9 + 3)).append(',').append(r % 5 - r % 2);
      text.append(r % 2 == 0 ? ",cat\n" : ",dog\n");
    }
    Path table = Files.writeString(folder.resolve("gaps.csv"), text);
    String memory = trained(table, "run", "--missing", policy).get("weights_sha256").asString();
    String disk =
        trained(table, "disk", "--missing", policy, "--stream").get("weights_sha256").asString();
    assertThat(disk).isEqualTo(memory);
    Path alone = folder.resolve("alone.safetensors");
    Files.copy(folder.resolve("run/model.safetensors"), alone);
    float[] known = ModelFile.read(alone).scaling().substitutes();
    assertThat(known).hasSize(policy.equals("mean") ? 2 : 1);
    float stand = known[0];
    assertThat(stand).isBetween(policy.equals("mean") ? 5f : 0f, policy.equals("mean") ? 9f : 0f);

    Path gap = Files.writeString(folder.resolve("gap.csv"), "a,b\nNA,1\n4,2\n");
    Path filled = Files.writeString(folder.resolve("filled.csv"), "a,b\n" + stand + ",1\n4,2\n");
    Done expected = Shell.run("predict", alone, filled, "--probabilities");
    assertThat(expected.code()).as(expected.err()).isZero();
    for (Path model : List.of(alone, folder.resolve("run"), folder.resolve("disk"))) {
      assertThat(Shell.run("predict", model, gap, "--probabilities").out())
          .isEqualTo(expected.out());
      assertThat(Shell.run("predict", model, gap, "--probabilities", "--stream").out())
          .isEqualTo(expected.out());
    }
    Path labelled = Files.writeString(folder.resolve("l.csv"), "a,b,kind\nNA,1,cat\n4,2,dog\n");
    Done evaluated = Shell.run("evaluate", alone, labelled, "--json");
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    assertThat(evaluated.json().get("samples").asInt()).isEqualTo(2);
  }

  @Test
  void whatTheNetworkDoesNotKnowIsNotFilledIn() throws IOException {
    Path table = Samples.table(folder.resolve("pets.csv"), 40);
    trained(table, "run");
    Path gap = Files.writeString(folder.resolve("gap.csv"), "length,width,colour\n1,,2\n");
    Path run = folder.resolve("run");
    Done refused = Shell.run("predict", run, gap);
    assertThat(refused.code()).isEqualTo(ExitCode.DATA);
    assertThat(refused.errors()).singleElement().asString().contains("line 2", "--missing");
    Done unknown = Shell.run("predict", run, gap, "--missing", "mean");
    assertThat(unknown.code()).isEqualTo(ExitCode.DATA);
    assertThat(unknown.errors()).singleElement().asString().contains("means", "not known");
    assertThat(Shell.run("predict", run, gap, "--missing", "zero").code()).isZero();
    assertThat(Shell.run("predict", run, gap, "--missing", "drop-row").code())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void streamedPredictionIsTheSame() throws IOException {
    Path table = Samples.table(folder.resolve("pets.csv"), 60);
    trained(table, "run");
    Path run = folder.resolve("run");
    Path caches = folder.resolve("caches");
    Object[] words = {"predict", run, table, "--label", "kind", "--probabilities"};
    List<Object> streamed = new ArrayList<>(List.of(words));
    streamed.addAll(List.of("--stream", "--cache-dir", caches));
    Done memory = Shell.run(words);
    Done disk = Shell.run(streamed.toArray());
    assertThat(disk.out()).isEqualTo(memory.out());
    try (var files = Files.list(caches)) {
      assertThat(files).hasSize(1);
    }
    Done piped =
        Shell.withInput(
            Files.readString(table),
            "predict",
            run,
            "-",
            "--label",
            "kind",
            "--probabilities",
            "--stream");
    assertThat(piped.out()).isEqualTo(memory.out());
    Done evaluated = Shell.run("evaluate", run, table, "--json");
    assertThat(Shell.run("evaluate", run, table, "--json", "--stream").json())
        .isEqualTo(evaluated.json());
  }

  /** Columns that were left out of the training samples are left out of new ones. */
  @Test
  void columnsThatAreNoFeatures() throws IOException {
    Path pets = Samples.table(folder.resolve("pets.csv"), 60);
    List<String> lines = Files.readAllLines(pets);
    StringBuilder dated = new StringBuilder("day," + lines.getFirst() + "\n");
    for (String line : lines.subList(1, lines.size())) {
      dated.append("2026-11-21,").append(line).append('\n');
    }
    Path table = Files.writeString(folder.resolve("dated.csv"), dated);
    String plain = trained(pets, "plain").get("weights_sha256").asString();
    assertThat(train(table, "refused").errors())
        .singleElement()
        .asString()
        .contains("--ignore day");
    String ignored = trained(table, "run", "--ignore", "day").get("weights_sha256").asString();
    assertThat(ignored).isEqualTo(plain);
    Path run = folder.resolve("run");
    Done expected = Shell.run("predict", run, pets, "--label", "kind");
    assertThat(Shell.run("predict", run, table, "--label", "kind").out()).isEqualTo(expected.out());
    assertThat(Shell.run("evaluate", run, table, "--json").code()).isZero();
    assertThat(Shell.run("reproduce", run).code()).isZero();
  }

  @Test
  void samplesInColumns() throws IOException {
    StringBuilder head = new StringBuilder("gene");
    StringBuilder one = new StringBuilder("g1");
    StringBuilder two = new StringBuilder("g2");
    for (int s = 0; s < 40; s++) {
      head.append(s % 2 == 0 ? "\tsick" : "\twell");
      one.append('\t').append(s % 2 + s % 5 * .1);
      two.append('\t').append(s % 7);
    }
    Path genes =
        Files.writeString(folder.resolve("genes.txt"), head + "\n" + one + "\n" + two + "\n");
    trained(genes, "run", "--samples-in", "columns");
    assertThat(config("run").path("data").path("samples_in").asString()).isEqualTo("columns");
    Path run = folder.resolve("run");
    assertThat(Shell.run("evaluate", run, genes, "--json").json().get("samples").asInt())
        .isEqualTo(40);
    assertThat(Shell.run("predict", run, genes).out().lines()).hasSize(41);
    Done info = Shell.run("data", "info", genes, "--samples-in", "columns", "--json");
    assertThat(info.json().get("features").asInt()).isEqualTo(2);
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
