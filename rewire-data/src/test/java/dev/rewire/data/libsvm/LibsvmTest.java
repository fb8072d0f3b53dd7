package dev.rewire.data.libsvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.SharedData;
import dev.rewire.data.Split;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.catalogue.Datasets;
import dev.rewire.data.catalogue.Places;
import dev.rewire.data.catalogue.Progress;
import dev.rewire.data.catalogue.RemoteFile;
import dev.rewire.dataset.Dataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LibsvmTest {
  private static final String TEXT =
      """
      # a comment, and a line without anything

      +1 qid:3 1:0.5 3:-2e1 # of no use
      -1\t2:7\t
      1.0
      -1 1:1 2:2 3:+3
      """;

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("words.svm"), text);
  }

  private SparseInMemoryDataset read(String text) throws IOException {
    return Libsvm.read(file(text), LibsvmOptions.DEFAULT).data();
  }

  private static void check(SparseInMemoryDataset data) {
    assertThat(data.name()).isEqualTo("words");
    assertThat(data.size()).isEqualTo(4);
    assertThat(data.features()).isEqualTo(3);
    assertThat(data.entries()).isEqualTo(6);
    assertThat(data.classNames()).containsExactly("-1", "1");
    assertThat(data.sample(0)).containsExactly(0.5f, 0, -20);
    assertThat(data.sample(1)).containsExactly(0, 7, 0);
    assertThat(data.sample(2)).containsExactly(0, 0, 0);
    assertThat(data.sample(3)).containsExactly(1, 2, 3);
    assertThat(new int[] {data.label(0), data.label(1), data.label(2), data.label(3)})
        .containsExactly(1, 0, 1, 0);
  }

  @Test
  void plain() throws IOException {
    check(read(TEXT));
    check(read(TEXT.replace("\n", "\r\n")));
    check(read(TEXT.stripTrailing()));
  }

  @Test
  void packed() throws IOException {
    Path path = folder.resolve("words.libsvm.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(TEXT.getBytes(StandardCharsets.UTF_8));
    }
    check(Libsvm.read(path, LibsvmOptions.DEFAULT).data());
  }

  @Test
  void indicesFromZero() throws IOException {
    String text = "1 1:2\n2 0:3 2:4\n";
    Libsvm.Samples found = Libsvm.read(file(text), LibsvmOptions.DEFAULT);

    assertThat(found.first()).isZero();
    assertThat(found.data().features()).isEqualTo(3);
    assertThat(found.data().sample(0)).containsExactly(0, 2, 0);
    assertThat(found.data().sample(1)).containsExactly(3, 0, 4);
    LibsvmOptions zero = LibsvmOptions.DEFAULT.withFirst(LibsvmOptions.First.ZERO);
    assertThat(Libsvm.read(file("1 1:2\n2 2:4\n"), zero).data().sample(1)).containsExactly(0, 0, 4);
    LibsvmOptions one = LibsvmOptions.DEFAULT.withFirst(LibsvmOptions.First.ONE);
    assertThatThrownBy(() -> Libsvm.read(file(text), one))
        .hasMessageContaining("words.svm:2 has index 0, but indices count from 1");
  }

  @Test
  void testFileWithFewerFeatures() throws IOException {
    Path train = Files.writeString(folder.resolve("a.svm"), "0 0:1 4:1\n1 1:1\n");
    Path test = Files.writeString(folder.resolve("b.svm"), "1 1:5\n");
    List<String> notes = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public void at(RemoteFile file, long done, long total) {}

          @Override
          public void note(String sentence) {
            notes.add(sentence);
          }
        };
    DatasetRequest request = DatasetRequest.of(train.toString()).withTest(test);
    DatasetPair pair = new Datasets(new Places(null, null, folder), progress).open(request);

    assertThat(pair.test().sample(0)).containsExactly(0, 5, 0, 0, 0);
    assertThat(pair.test().label(0)).isEqualTo(1);
    assertThat(notes).hasSize(1);
    assertThat(notes.getFirst()).contains("a.svm").contains("count from 0");
  }

  @Test
  void testFileWithMoreFeatures() throws IOException {
    Path train = Files.writeString(folder.resolve("a.svm"), "0 1:1 4:1\n1 1:1\n");
    Path test = Files.writeString(folder.resolve("b.svm"), "1 1:5\n1 6:1\n");
    DatasetRequest request = DatasetRequest.of(train.toString()).withTest(test);
    Datasets datasets = new Datasets(new Places(null, null, folder), Progress.SILENT);

    assertThatThrownBy(() -> datasets.open(request))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("b.svm:2 has index 6")
        .hasMessageContaining("there are 4 features")
        .hasMessageContaining("--features");
    DatasetRequest wide = request.withLibsvm(LibsvmOptions.DEFAULT.withFeatures(9));
    assertThat(datasets.open(wide).test().sample(1)).containsExactly(0, 0, 0, 0, 0, 1, 0, 0, 0);
  }

  @Test
  void labelsOfNewSamplesMeanNothing() throws IOException {
    SparseInMemoryDataset data =
        Libsvm.unlabelled(
                file("7 1:2\n7 2:3\n"), LibsvmOptions.DEFAULT.withFeatures(4), List.of("a", "b"))
            .data();

    assertThat(data.size()).isEqualTo(2);
    assertThat(data.features()).isEqualTo(4);
    assertThat(data.classNames()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spam 1:2|begins with \"spam\"",
        "1,b 1:2|several labels must be numbers",
        "1, 1:2|several labels must be numbers",
        "1 2|has \"2\"",
        "1 a:2|has \"a:2\"",
        "1 -1:2|has \"-1:2\"",
        "1 1:nan|has \"1:nan\"",
        "1 1:|has \"1:\"",
        "1 1:1e99|has \"1:1e99\"",
        "1 :5|has \":5\"",
        "1 2:1 1:1|has index 1 after 2",
        "1 2:1 2:1|has index 2 twice",
        "1 99999999999999999999999:1|has index",
      })
  void wrongLines(String line, String message) {
    assertThatThrownBy(() -> read("1 1:1\n2 2:1\n\n" + line + "\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("words.svm:4 ")
        .hasMessageContaining(message);
  }

  @Test
  void wrongFiles() {
    assertThatThrownBy(() -> read("# nothing\n")).hasMessageContaining("has no samples");
    assertThatThrownBy(() -> read("1 1:1\n1 1:2\n")).hasMessageContaining("only the class \"1\"");
    assertThatThrownBy(() -> Libsvm.read(file("3 1:1\n"), LibsvmOptions.DEFAULT, List.of("1", "2")))
        .hasMessageContaining("unknown class \"3\" in line 1");
    assertThatThrownBy(() -> Libsvm.read(folder.resolve("x.svm"), LibsvmOptions.DEFAULT))
        .hasMessageContaining("does not exist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "-1",
        "0.1",
        "-0.3",
        "16777215",
        "16777217",
        "123456789",
        "0.0000000001",
        "0.00000000001",
        "3.4e38",
        "1e-45",
        "5.",
        ".5",
        "+2",
        "-.25",
        "0.33333334",
        "1234.5678",
        "-0",
        "1677721.7",
        "0.1234567890123456789"
      })
  void valuesAreRoundedAsJavaDoes(String number) throws IOException {
    assertThat(read("1 1:" + number + "\n2 1:1\n").entryValues().get(0))
        .isEqualTo(Float.parseFloat(number));
  }

  @Test
  void randomValuesAreRoundedAsJavaDoes() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder("2\n1");
    List<Float> expected = new ArrayList<>();
    for (int i = 1; i <= 20_000; i++) {
      String number = "%." + random.nextInt(9) + "f";
      number = String.format(Locale.ROOT, number, random.nextGaussian() * 100);
      text.append(' ').append(i).append(':').append(number);
      expected.add(Float.parseFloat(number));
    }
    // One line of 300 KB, longer than any buffer.
    SparseInMemoryDataset data = read(text.toString());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(data.entryValues().get(i)).isEqualTo(expected.get(i));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 3:4|true",
        "+1|false",
        "# x\\n\\n-1 1:2\\n1|true",
        "1,3:4,5|false",
        "1 2 3|false",
        "a 1:2|false",
        "12:30 1:2|false",
        "1 12:30:40|false",
        "x,y\\n1,2|false"
      })
  void isRecognisedByItsContent(String text, boolean expected) throws IOException {
    Path path = Files.writeString(folder.resolve("data"), text.replace("\\n", "\n"));
    assertThat(Libsvm.recognises(path)).isEqualTo(expected);
  }

  @Test
  void isRecognisedByItsName() throws IOException {
    assertThat(Libsvm.recognises(file("anything"))).isTrue();
    String pair = " 123456:0.5";
    Path path = Files.writeString(folder.resolve("wide"), "1" + pair.repeat(20_000));
    assertThat(Libsvm.recognises(path)).isTrue();
  }

  @Test
  void w8a() {
    Path path = SharedData.path("libsvm/w8a.gz");

    assertThat(Libsvm.recognises(path)).isTrue();
    SparseInMemoryDataset data = Libsvm.read(path, LibsvmOptions.DEFAULT).data();
    assertThat(data.size()).isEqualTo(49_749);
    assertThat(data.features()).isEqualTo(300);
    assertThat(data.entries()).isEqualTo(579_586);
    assertThat(data.classNames()).containsExactly("-1", "1");
    DatasetPair pair = Split.stratified(data, 0.2, 1);
    assertThat(pair.train()).isInstanceOf(SparseInMemoryDataset.class);
    assertThat(pair.train().size() + pair.test().size()).isEqualTo(49_749);
    assertThat(positives(pair.test()) / (double) positives(data)).isBetween(0.199, 0.201);
  }

  private static long positives(Dataset data) {
    return IntStream.range(0, data.size()).filter(i -> data.label(i) == 1).count();
  }
}
