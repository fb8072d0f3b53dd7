package dev.rewire.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.data.DataException;
import dev.rewire.data.Missing;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.catalogue.Datasets;
import dev.rewire.data.catalogue.Places;
import dev.rewire.data.catalogue.Progress;
import dev.rewire.data.format.ArrayNames;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.SamplesIn;
import dev.rewire.data.stream.StreamOptions;
import dev.rewire.dataset.LoadedDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables with a line for each feature. */
class CsvColumnsTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("genes.tsv"), text.replace(' ', '\t'));
  }

  private static LoadedDataset read(Path path, ReadOptions options, Labelling labelling) {
    return new Datasets(new Places(null, null, path.getParent()), Progress.SILENT)
        .forNetwork(
            DatasetRequest.of(path.toString()).withRead(options.withSamplesIn(SamplesIn.COLUMNS)),
            labelling);
  }

  private static LoadedDataset read(Path path) {
    return read(path, ReadOptions.DEFAULT, new Labelling.Found());
  }

  private static ReadOptions label(String label) {
    LabelColumn column = LabelColumn.of(label);
    return ReadOptions.DEFAULT
        .withCsv(CsvOptions.DEFAULT.withLabel(column))
        .withArrays(new ArrayNames(null, null, column));
  }

  @Test
  void theFirstLineHasTheClasses() throws IOException {
    LoadedDataset data = read(file("gene b a b\ng1 1 2 3\ng2 4 5 6\n"));

    assertThat(data.size()).isEqualTo(3);
    assertThat(data.featureNames()).containsExactly("g1", "g2");
    assertThat(data.classNames()).containsExactly("a", "b");
    assertThat(data.sample(2)).containsExactly(3, 6);
    assertThat(List.of(data.label(0), data.label(1), data.label(2))).containsExactly(1, 0, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "tissue, 'id s1 s2 s3\ng1 1 2 3\ntissue b a b\ng2 4 5 6\n'",
    "3, 'id s1 s2 s3\ng1 1 2 3\ntissue b a b\ng2 4 5 6\n'",
    "last, 'id s1 s2 s3\ng1 1 2 3\ng2 4 5 6\ntissue b a b\n'",
    "last, 's1 s2 s3\ng1 1 2 3\ng2 4 5 6\ntissue b a b\n'",
    "1, '7 5 7\n1 2 3\n4 5 6\n'",
  })
  void orAnotherOne(String label, String text) throws IOException {
    LoadedDataset data = read(file(text), label(label), new Labelling.Found());

    assertThat(data.size()).isEqualTo(3);
    assertThat(data.sample(1)).containsExactly(2, 5);
    assertThat(data.classNames()).hasSize(2);
    assertThat(data.label(0)).isEqualTo(data.label(2)).isNotEqualTo(data.label(1));
  }

  @Test
  void newSamplesNeedNoClasses() throws IOException {
    Labelling ignored = new Labelling.Ignored(List.of("x", "y"));
    LoadedDataset data = read(file("id s1 s2\ng1 1 2\ng2 4 5\n"), ReadOptions.DEFAULT, ignored);

    assertThat(data.size()).isEqualTo(2);
    assertThat(data.sample(1)).containsExactly(2, 5);
    assertThat(data.featureNames()).containsExactly("g1", "g2");
    Labelling.Known known = new Labelling.Known(List.of("a", "b", "c"));
    assertThat(read(file("g a b\ng1 1 2\n"), ReadOptions.DEFAULT, known).classNames()).hasSize(3);
  }

  @Test
  void missingValuesAndLinesToIgnore() throws IOException {
    Path path = file("id a b\ng1 1 NA\nnote x y\ng2 4 5\n");
    ReadOptions options =
        ReadOptions.DEFAULT.withCsv(CsvOptions.DEFAULT.withIgnored(List.of("note")));

    assertThatThrownBy(() -> read(path, options, new Labelling.Found()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("\"NA\" in line 2, field 3")
        .hasMessageContaining("--missing");
    LoadedDataset data = read(path, options.withMissing(Missing.ZERO), new Labelling.Found());
    assertThat(data.sample(1)).containsExactly(0, 5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'id a b\n'                   | fewer than two lines",
        "'id a b\ng1 1 2\ng2 1\n'   | has 2 fields in line 3, but line 2 has 3",
        "'id a b\ng1 1 2\ng2 x y\n' | \"x\" in line 3, field 2",
      })
  void whatIsNoSuchTable(String text, String why) throws IOException {
    assertThatThrownBy(() -> read(file(text)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aLineThatIsNotThere() throws IOException {
    Path path = file("id a b\ng1 1 2\n");
    assertThatThrownBy(() -> read(path, label("tissue"), new Labelling.Found()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no line tissue")
        .hasMessageContaining("--label");
  }

  @Test
  void columnsAreNotStreamed() throws IOException {
    DatasetRequest request =
        DatasetRequest.of(file("id a b\ng1 1 2\n").toString())
            .withRead(ReadOptions.DEFAULT.withSamplesIn(SamplesIn.COLUMNS))
            .withStream(new StreamOptions(true, null));
    Datasets datasets = new Datasets(new Places(null, null, folder), Progress.SILENT);
    assertThatThrownBy(() -> datasets.open(request))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("leave out --stream");
  }
}
