package dev.rewire.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.data.Bytes;
import dev.rewire.data.DataException;
import dev.rewire.data.FeatureTable;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.InMemoryDataset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTest {
  private static final CsvOptions OPTIONS = CsvOptions.DEFAULT;

  @TempDir Path folder;

  @Test
  void readsATableWithHeaderAndWords() throws IOException {
    InMemoryDataset data = read("width,height,kind\n1,2.5,rose\n-3e2,+.5,iris\n7,8,rose\n");

    assertThat(data.name()).isEqualTo("table");
    assertThat(data.size()).isEqualTo(3);
    assertThat(data.features()).isEqualTo(2);
    assertThat(data.classNames()).containsExactly("iris", "rose");
    assertThat(IntStream.range(0, 3).map(data::label)).containsExactly(1, 0, 1);
    assertThat(data.feature(1, 0)).isEqualTo(-300f);
    assertThat(data.feature(1, 1)).isEqualTo(.5f);
    assertThat(data.image()).isNull();
  }

  @Test
  void readsATableWithoutHeader() throws IOException {
    assertThat(read("1,2,a\n3,4,b\n").size()).isEqualTo(2);
    assertThat(read("1,2,0\n3,4,1\n").size()).isEqualTo(2);
  }

  @Test
  void numbersAsHeaderOverAWordAreSeenByTheLabel() throws IOException {
    assertThat(read("0,1,2,label\n5,6,7,1\n5,6,7,0\n").size()).isEqualTo(2);
  }

  @Test
  void headerCanBeSaid() throws IOException {
    Path path = file("1,2,3\n4,5,6\n7,8,9\n");

    assertThat(Csv.read(path, OPTIONS.withHeader(CsvOptions.Header.PRESENT)).size()).isEqualTo(2);
    assertThat(Csv.read(path, OPTIONS.withHeader(CsvOptions.Header.ABSENT)).size()).isEqualTo(3);
  }

  @Test
  void missingValuesInTheFirstLineAreNoHeader() throws IOException {
    refused("NaN,?,a\n3,4,b\n", "has \"NaN\" in line 1, column 1, where a feature must be");
    refused("1,x,a\n3,4,b\n", "line 1, column 2, where a feature must be a finite number");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void findsTheDelimiter(String delimiter) throws IOException {
    InMemoryDataset data = read("a,b,k\n1,2,x\n3,4,y\n".replace(",", delimiter));

    assertThat(data.features()).isEqualTo(2);
  }

  @Test
  void delimiterIgnoresQuotedText() throws IOException {
    assertThat(read("\"a;b;c\",\"b\",k\n1,2,\"x;y\"\n3,4,z\n").classNames())
        .containsExactly("x;y", "z");
    assertThat(Csv.read(file("1|2|a\n3|4|b\n"), OPTIONS.withDelimiter('|')).features())
        .isEqualTo(2);
  }

  @Test
  void decimalCommasAreRefused() throws IOException {
    refused("1,5;2,5;a\n1,6;2,6;b\n", "has \"1,5\" in line 1, column 1");
  }

  @Test
  void quotesSpacesBlankLinesAndByteOrderMark() throws IOException {
    InMemoryDataset data =
        read("\uFEFF\"a\nb\", c ,kind\r\n\" 1 \" , 2,\"big \"\"cat\"\"\"\r\n\r\n3,4, dog \r\n\r\n");

    assertThat(data.classNames()).containsExactly("big \"cat\"", "dog");
    assertThat(data.feature(0, 0)).isEqualTo(1f);
    refused("\uFEFFa,b,c\n1,2,x\n\n1,y,z\n", "has \"y\" in line 4, column 2 (b)");
  }

  @Test
  void lineNumbersCountLinesInsideQuotes() throws IOException {
    refused("\"a\n\n\",b,k\n1,2,x\n1,2\n", "has 2 fields in line 5, but its first line has 3");
  }

  @Test
  void labelByNameAndByNumber() throws IOException {
    Path path = file("kind,a,b\nx,1,2\ny,3,4\n");

    for (LabelColumn label : List.of(LabelColumn.of("kind"), LabelColumn.of("1"))) {
      InMemoryDataset data = Csv.read(path, OPTIONS.withLabel(label));
      assertThat(data.classNames()).containsExactly("x", "y");
      assertThat(data.feature(1, 1)).isEqualTo(4f);
    }
    assertThat(LabelColumn.of("last")).isEqualTo(new LabelColumn.Last());
    assertThat(LabelColumn.of("none")).isEqualTo(new LabelColumn.None());
    assertThat(LabelColumn.of("007")).isEqualTo(new LabelColumn.Named("007"));
    assertThatThrownBy(() -> new LabelColumn.Numbered(0)).hasMessageContaining("0");
  }

  @Test
  void wrongLabelColumn() throws IOException {
    Path path = file("a,b,a\n1,2,3\n4,5,6\n");

    refused(path, OPTIONS.withLabel(LabelColumn.of("c")), "no column \"c\" in line 1");
    refused(path, OPTIONS.withLabel(LabelColumn.of("a")), "two columns \"a\" in line 1");
    refused(path, OPTIONS.withLabel(LabelColumn.of("4")), "give a number from 1 to 3.");
    refused(
        path,
        OPTIONS.withLabel(LabelColumn.of("b")).withHeader(CsvOptions.Header.ABSENT),
        "is said to have no header");
    assertThatThrownBy(() -> Csv.read(path, OPTIONS.withLabel(new LabelColumn.None())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void classesAreSortedByValueIfTheyAreNumbers() throws IOException {
    assertThat(read("1,10\n1,9\n1,-1\n1,9.0\n1,1e1\n").classNames())
        .containsExactly("-1", "9", "10");
    assertThat(read("1,10\n1,9\n1,b\n").classNames()).containsExactly("10", "9", "b");
  }

  @Test
  void knownClassesKeepTheirOrder() throws IOException {
    List<String> known = List.of("rose", "iris", "1");
    InMemoryDataset data = Csv.read(file("5,iris\n5,1.0\n6,rose\n"), OPTIONS, known);

    assertThat(data.classNames()).isEqualTo(known);
    assertThat(IntStream.range(0, 3).map(data::label)).containsExactly(1, 2, 0);
    Path other = file("v,kind\n5,iris\n6,tulip\n");
    assertThatThrownBy(() -> Csv.read(other, OPTIONS, known))
        .isInstanceOf(DataException.class)
        .hasMessage(
            other
                + " has the unknown class \"tulip\" in line 3, column 2 (kind): known classes are"
                + " rose, iris, 1.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "NaN", "Inf", "-Infinity", "1f", "0x1p3", "1e39", "1 2", "?"})
  void featuresMustBeFiniteNumbers(String field) throws IOException {
    refused(
        "a,b,k\n1,2,x\n3," + field + ",y\n",
        " has \"" + field + "\" in line 3, column 2 (b), where a feature must be a finite number");
  }

  @Test
  void emptyFields() throws IOException {
    refused("a,b,k\n1,,x\n", "has nothing in line 2, column 2 (b)");
    refused("a,b,k\n1,2,x\n1,2,\n", "has no class in line 3, column 3 (k)");
    refused("a,b,k\n1,2,x\n1,2,NaN\n", "has no class in line 3, column 3 (k)");
  }

  @Test
  void raggedRows() throws IOException {
    refused("1,2,x\n1,2,y\n1,2,3,z\n", "has 4 fields in line 3, but its first line has 3");
    refused("1,2,x\n1,y\n", "has 2 fields in line 2, but its first line has 3");
  }

  @Test
  void filesWithoutSamples() throws IOException {
    refused("", "is empty");
    refused("\n\n", "is empty");
    refused("a,b,c\n", "has a header in line 1 but no samples");
    refused("1\n2\n", "has only 1 column in line 1");
    refused(folder.resolve("nowhere.csv"), OPTIONS, "does not exist");
  }

  @Test
  void brokenQuotes() throws IOException {
    refused("a,b,k\n1,2,x\n1,\"2,y\n3,4,z\n", "is no proper CSV");
  }

  @Test
  void binaryFile() throws IOException {
    refused("1,2,3\n4\0,5,6\n", "is no text (a zero at byte 7)");
  }

  @Test
  void oneClassOnly() throws IOException {
    refused("1,2,a\n3,4,a\n", "has only the class \"a\" in column 3");
  }

  @Test
  void measuredValuesAreNumbersToPredict() throws IOException {
    String many =
        IntStream.range(0, 5000)
            .mapToObj(i -> i + "," + (i % 1001) + ".5\n")
            .collect(Collectors.joining());
    InMemoryDataset numbers = Csv.read(file(many), OPTIONS);
    assertThat(numbers.head()).isEqualTo(Head.REGRESSION);
    assertThat(numbers.classNames()).containsExactly("target");
    assertThat(numbers.target(1002, 0)).isEqualTo(1.5f);
    String few =
        IntStream.range(0, 40)
            .mapToObj(i -> i + "," + i * 100 + "\n")
            .collect(Collectors.joining());
    assertThat(Csv.read(file(few), OPTIONS).head()).isEqualTo(Head.REGRESSION);
  }

  @Test
  void gzipByContent() throws IOException {
    byte[] packed = Bytes.gzip("1,2,a\n3,4,b\n".repeat(5000).getBytes(StandardCharsets.UTF_8));
    Path path = Files.write(folder.resolve("data.csv"), packed);

    assertThat(Csv.read(path, OPTIONS).size()).isEqualTo(10_000);
    Files.write(path, Arrays.copyOf(packed, packed.length / 2));
    refused(path, OPTIONS, "is gzip that ends too early");
    packed[packed.length - 6] ^= 1;
    Files.write(path, packed);
    refused(path, OPTIONS, "is damaged gzip");
  }

  @Test
  void manyRowsAndManyColumns() throws IOException {
    int columns = 20_000;
    String row =
        IntStream.range(0, columns).mapToObj(Integer::toString).collect(Collectors.joining(","));
    InMemoryDataset wide = read(row + ",a\n" + row + ",b\n");
    assertThat(wide.features()).isEqualTo(columns);
    assertThat(wide.feature(1, columns - 1)).isEqualTo(columns - 1);

    InMemoryDataset tall =
        read(
            IntStream.range(0, 50_000)
                .mapToObj(i -> i + ",1,2," + i % 3 + "\n")
                .collect(Collectors.joining()));
    assertThat(tall.size()).isEqualTo(50_000);
    assertThat(tall.feature(49_999, 0)).isEqualTo(49_999f);
    assertThat(tall.label(49_999)).isEqualTo(49_999 % 3);
  }

  @Test
  void featuresWithoutLabels() throws IOException {
    Path path = file("a,b,kind\n1,2,3\n4,5,6\n");

    FeatureTable all = Csv.features(path, OPTIONS.withLabel(new LabelColumn.None()));
    assertThat(all.columns()).containsExactly("a", "b", "kind");
    assertThat(all.values().toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    FeatureTable some = Csv.features(path, OPTIONS.withLabel(LabelColumn.of("b")));
    assertThat(some.columns()).containsExactly("a", "kind");
    assertThat(some.rows()).isEqualTo(2);
    assertThat(some.values().toArray()).containsExactly(1, 3, 4, 6);
    assertThat(some.dataset(List.of("x", "y")).classNames()).containsExactly("x", "y");
    assertThat(Csv.features(file("1,2\n"), OPTIONS.withLabel(new LabelColumn.None())).columns())
        .isEmpty();
  }

  @Test
  void namesOfFiles() {
    assertThat(Csv.name(Path.of("x", "iris.csv.gz"))).isEqualTo("iris");
    assertThat(Csv.name(Path.of("wine.data"))).isEqualTo("wine");
    assertThat(Csv.name(Path.of("a.b"))).isEqualTo("a.b");
    assertThat(Csv.name(Path.of(".csv"))).isEqualTo(".csv");
  }

  private InMemoryDataset read(String text) throws IOException {
    return Csv.read(file(text), OPTIONS);
  }

  private void refused(String text, String message) throws IOException {
    refused(file(text), OPTIONS, message);
  }

  private static void refused(Path path, CsvOptions options, String message) {
    assertThatThrownBy(() -> Csv.read(path, options))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(path.toString())
        .hasMessageContaining(message);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }
}
