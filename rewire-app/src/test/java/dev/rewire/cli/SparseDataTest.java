package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every command that takes a table takes sparse samples. */
class SparseDataTest {
  @TempDir Path folder;

  /** Words 1 to 20 speak for class 3, words 21 to 40 for class 5; word 400 says nothing. */
  private Path file(String name, int rows, int shift) throws IOException {
    SplittableRandom random = new SplittableRandom(rows);
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows; r++) {
      int first = r % 2 * 20 + random.nextInt(1, 10) + shift;
      text.append(r % 2 == 0 ? "3" : "5")
          .append(" %d:%d %d:1".formatted(first, 1 + random.nextInt(9), first + 9))
          .append(r % 3 == 0 ? " %d:2%n".formatted(400 + shift) : "\n");
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private Done train(Object data, Object... more) {
    Object[] fixed = {
      "train",
      data,
      "--hidden",
      "40",
      "--epochs",
      "20",
      "--batch",
      "16",
      "--json",
      "--quiet",
      "--out",
      folder.resolve("run")
    };
    Object[] words = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, words, fixed.length, more.length);
    return Shell.run(words);
  }

  @Test
  void trainEvaluatePredict() throws IOException {
    Path data = file("words.libsvm", 400, 0);
    Done trained = train(data);
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.json().path("test_accuracy").asDouble()).isGreaterThan(0.95);
    assertThat(Files.readString(folder.resolve("run/config.yaml")))
        .contains("scaling: \"max-abs\"")
        .contains("features: 400");

    Path run = folder.resolve("run");
    JsonNode own = Shell.run("evaluate", run, "--json").json();
    assertThat(own.path("samples").asInt()).isEqualTo(80);
    assertThat(own.path("test_accuracy").asDouble())
        .isEqualTo(trained.json().path("test_accuracy").asDouble());

    // Narrower than the network, and not called libsvm.
    Path other = Files.writeString(folder.resolve("new.txt"), "5 25:3 34:1\n3 2:1 11:1\n");
    JsonNode few = Shell.run("evaluate", run, other, "--json").json();
    assertThat(few.path("correct").asInt()).isEqualTo(2);
    Done predicted = Shell.run("predict", run, other);
    assertThat(predicted.out().lines()).containsExactly("sample,class", "1,5", "2,3");
    assertThat(Shell.withInput("0 25:3 34:1\n", "predict", run, "-").out().lines())
        .containsExactly("sample,class", "1,5");
    Done wide = Shell.run("predict", run, Files.writeString(other, "5 401:1\n"));
    assertThat(wide.code()).isEqualTo(ExitCode.DATA);
    assertThat(wide.err()).contains("new.txt:1 has index 401").contains("400 features");
  }

  @Test
  void indicesFromZero() throws IOException {
    Path data = file("words.svm", 400, -1);
    Path test = Files.writeString(folder.resolve("test.svm"), "3 1:4 10:1\n5 24:3 33:1\n");
    Done guessed = train(data, "--test", test, "--first-index", "0", "--features", "500");
    assertThat(guessed.code()).as(guessed.err()).isZero();
    assertThat(guessed.json().path("test_accuracy").asDouble()).isEqualTo(1.0);
    Path run = folder.resolve("run");
    assertThat(Files.readString(folder.resolve("run/config.yaml"))).contains("first_index: 0");
    assertThat(Shell.run("evaluate", run, "--json").json().path("correct").asInt()).isEqualTo(2);
    assertThat(Shell.run("predict", run, test, "--first-index", "0").out().lines())
        .containsExactly("sample,class", "1,3", "2,5");
    Done wrong = Shell.run("data", "info", data, "--first-index", "2");
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("--first-index must be 0 or 1, not 2");
  }

  @Test
  void dataInfo() throws IOException {
    Path data =
        Files.writeString(
            folder.resolve("words.libsvm"), "3 1:5 2:1\n5 1:5\n3 1:5 4:-2\n5 1:5\n3 1:5\n5 1:5\n");
    Done told = Shell.run("data", "info", data);
    assertThat(told.code()).as(told.err()).isZero();
    assertThat(told.out()).contains("words:", "4 features", "sparse:", "values a sample");
    JsonNode json = Shell.run("data", "info", data, "--json").json();
    assertThat(json.path("max").asDouble()).isEqualTo(5);
    assertThat(json.path("classes").size()).isEqualTo(2);
    Done noted = Shell.run("data", "info", Files.writeString(data, "1 0:1\n2 1:1\n1\n2\n1\n2\n"));
    assertThat(noted.err()).contains("count from 0");
  }

  @Test
  void meansAreNotSubtracted() throws IOException {
    Path data = file("words.libsvm", 40, 0);
    Done preset = train(data, "--preset", "paper2018");
    assertThat(preset.code()).isEqualTo(ExitCode.USAGE);
    assertThat(preset.errors()).hasSize(1);
    assertThat(preset.err()).contains("words is sparse", "of the preset", "--scaling max-abs");
    Done asked = train(data, "--scaling", "standard");
    assertThat(asked.code()).isEqualTo(ExitCode.USAGE);
    assertThat(asked.err()).contains("the scaling standard would", "--scaling max-abs");
    Done unknown = train(data, "--scaling", "nice");
    assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("--scaling").contains("max-abs");
    Done none = train(data, "--scaling", "none", "--epochs", "1");
    assertThat(none.code()).as(none.err()).isZero();
    assertThat(Files.readString(folder.resolve("run/config.yaml"))).contains("scaling: \"none\"");
  }

  @Test
  void wrongLine() throws IOException {
    Done done = train(Files.writeString(folder.resolve("x.svm"), "1 1:2\n2 3:\n"));
    assertThat(done.code()).isEqualTo(ExitCode.DATA);
    assertThat(done.errors()).hasSize(1);
    assertThat(done.err()).contains("x.svm:2 has \"3:\"");
  }
}
