package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One sentence and the right exit code, whatever is wrong. */
class BadInputTest {
  @TempDir Path folder;
  private Path out;

  @BeforeEach
  void choose() {
    out = folder.resolve("run");
  }

  private static void refused(Done done, int code, String... words) {
    assertThat(done.code()).as(done.err()).isEqualTo(code);
    assertThat(done.errors()).as(done.err()).hasSize(1);
    assertThat(done.errors().getFirst()).contains(words);
    assertThat(done.out()).isEmpty();
    assertThat(done.err()).doesNotContain("\tat ");
  }

  private Done train(Path data, Object... more) {
    Object[] fixed = {"train", data, "--hidden", "8", "--epochs", "1", "--out", out};
    Object[] words = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, words, fixed.length, more.length);
    return Shell.run(words);
  }

  @Test
  void missingFile() {
    refused(train(folder.resolve("none.csv")), ExitCode.DATA, "none.csv");
  }

  @Test
  void nameWithATypo() {
    refused(
        Shell.run("train", "digit", "--out", out), ExitCode.DATA, "digit", "did you mean digits");
  }

  @Test
  void truncatedIdx() throws IOException {
    Path digits = Samples.digits(folder.resolve("d"), 40, 20);
    byte[] whole = Files.readAllBytes(digits.resolve(Samples.IMAGES));
    Files.write(digits.resolve(Samples.IMAGES), Arrays.copyOf(whole, whole.length / 2));
    refused(train(digits), ExitCode.DATA, Samples.IMAGES);
  }

  @Test
  void corruptGzip() throws IOException {
    Path digits = Samples.digits(folder.resolve("d"), 40, 20);
    byte[] bytes = Files.readAllBytes(digits.resolve(Samples.IMAGES));
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 20, (byte) 0x55);
    Files.write(digits.resolve(Samples.IMAGES), bytes);
    refused(train(digits), ExitCode.DATA, Samples.IMAGES);
  }

  @Test
  void labelWithoutImage() throws IOException {
    Path digits = Samples.digits(folder.resolve("d"), 40, 20);
    Path other = Samples.digits(folder.resolve("e"), 50, 20);
    Files.copy(
        other.resolve(Samples.LABELS),
        digits.resolve(Samples.LABELS),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    refused(train(digits), ExitCode.DATA, "40 images", "50 labels");
    refused(train(digits.resolve(Samples.LABELS)), ExitCode.DATA, "labels");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a,b,c|1,2,x|3,oops,y; line 3",
        "a,b,c|1,2,x|3,y; line 3",
        "a,b,c|1,NaN,x|1,2,y; line 2"
      })
  void tablesWithTextGapsOrNaN(String lines, String place) throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), lines.replace('|', '\n') + "\n");
    refused(train(table), ExitCode.DATA, "t.csv", place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--epsilon -3 | --epsilon must be above 0, not -3",
        "--epsilon 0 | above 0",
        "--epsilon NaN | above 0",
        "--epsilon x | 'x'",
        "--density 1.5 | at most 1",
        "--sparsity 1 | below 1",
        "--epsilon 3 --density 0.1 | give one of them",
        "--allocation erk | add --density",
        "--zeta 1.5 | between 0 and 1",
        "--zeta -0.1 | between 0 and 1",
        "--zeta 0.1 --rule static | --rule static",
        "--rule foo | parents or static",
        "--hidden 10,0 | 1 or more",
        "--hidden 10,x | 10,x",
        "--hidden 99999999999 | whole numbers",
        "--batch 0 | 1 or more",
        "--epochs -1 | 0 or more",
        "--lr -1 | 0 or more",
        "--momentum 1 | below 1",
        "--momentum 0 --nesterov | momentum",
        "--weight-decay -1 | 0 or more",
        "--l1 -1 | 0 or more",
        "--dropout 1 | below 1",
        "--threads 0 | 1 or more",
        "--activation foo | relu",
        "--optimizer foo | sgd",
        "--preset foo | paper2018",
        "--test-fraction 1 | below 1",
        "--label none | nothing to learn",
        "--epsilonn 3 | did you mean --epsilon",
        "--seed x | 'x'",
        "one two | two"
      })
  void wrongOptions(String options, String words) {
    Object[] typed = ("train " + options).split(" ");
    refused(Shell.run(typed), ExitCode.USAGE, words, "rewire help train");
  }

  @Test
  void unknownCommand() {
    refused(Shell.run("trian"), ExitCode.USAGE, "trian", "train");
  }

  @Test
  void moreNeuronsThanMemoryAllows() throws IOException {
    Path table = Samples.table(folder.resolve("t.csv"), 20);
    Object[] words = {"train", table, "--hidden", "90000000,90000000", "--out", out, "--epsilon"};
    Object[] enough = Arrays.copyOf(words, words.length + 1);
    enough[words.length] = "10";
    refused(Shell.run(enough), ExitCode.USAGE, "bytes", "available", "with --hidden");
    enough[words.length] = "100";
    refused(Shell.run(enough), ExitCode.USAGE, "layer 1", "one layer can have", "with --hidden");
    assertThat(out).doesNotExist();
  }

  @Test
  void folderThatCannotBeWritten() throws IOException {
    Path table = Samples.table(folder.resolve("t.csv"), 20);
    out = table.resolve("run");
    refused(train(table), ExitCode.USAGE, "t.csv", "--out");
  }

  @Test
  void folderThatIsNotEmpty() throws IOException {
    out = folder;
    refused(train(Samples.table(folder.resolve("t.csv"), 20)), ExitCode.USAGE, "not empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate", "predict", "inspect"})
  void modelsThatCannotBeRead(String command) throws IOException {
    Path table = Samples.table(folder.resolve("t.csv"), 40);
    assertThat(train(table).code()).isZero();
    Path model = out.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(model);
    for (int length : new int[] {0, 5, 200, whole.length - 1}) {
      Files.write(model, Arrays.copyOf(whole, length));
      refused(on(command, model, table), ExitCode.DATA, "model.safetensors");
    }
    int header = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    whole[Long.BYTES + header + Integer.BYTES] ^= 1;
    Files.write(model, whole);
    refused(on(command, model, table), ExitCode.DATA, "model.safetensors");
    refused(on(command, folder.resolve("none"), table), ExitCode.DATA, "none");
    refused(on(command, folder, table), ExitCode.DATA, "model.safetensors");
  }

  private static Done on(String command, Path model, Path table) {
    return switch (command) {
      case "inspect" -> Shell.run(command, model);
      default -> Shell.run(command, model, table, "--label", "kind");
    };
  }

  @Test
  void dataThatDoNotFitTheModel() throws IOException {
    Path table = Samples.table(folder.resolve("t.csv"), 40);
    assertThat(train(table).code()).isZero();
    Path digits = Samples.digits(folder.resolve("d"), 10, 10);
    refused(
        Shell.run("predict", out, digits.resolve(Samples.IMAGES)),
        ExitCode.DATA,
        "784",
        "3 inputs");
    refused(Shell.run("evaluate", out, digits), ExitCode.DATA, "784", "3 inputs");
    refused(Shell.withInput("1,2\n3,4\n", "predict", out, "-"), ExitCode.DATA, "standard input");
    refused(Shell.withInput("1,2,3,4\n", "predict", out, "-"), ExitCode.DATA, "name it by --label");
    refused(
        Shell.withInput("1,x,3\n1,2,3\n", "predict", out, "-"), ExitCode.DATA, "standard input");
  }

  @Test
  void debugShowsWhereAnErrorComesFrom() {
    Done done = Shell.run("--debug", "train", "digit");
    assertThat(done.code()).isEqualTo(ExitCode.DATA);
    assertThat(done.err()).contains("DataException", "\tat ");
  }
}
