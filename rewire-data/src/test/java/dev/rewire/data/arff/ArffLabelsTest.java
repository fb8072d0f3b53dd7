package dev.rewire.data.arff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.data.DataException;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.memory.Floats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files with several attributes to predict, as those of MULAN and MEKA. */
class ArffLabelsTest {
  private static final Labelling FOUND = new Labelling.Found();

  private static final String DENSE =
      """
      @relation %s
      @attribute loud numeric
      @attribute calm {0,1}
      @attribute slow {0,1}
      @attribute 'a b' {0,1}
      @data
      0.5,1,0,1
      1.5,0,0,0
      2.5,0,1,1
      """;

  private static final String SPARSE =
      """
      @relation %s
      @attribute calm {0,1}
      @attribute slow {0,1}
      @attribute loud numeric
      @attribute soft numeric
      @data
      {0 1,2 0.5}
      {}
      {1 1,3 2}
      """;

  @TempDir Path folder;

  private Path file(String text, String relation) throws IOException {
    return Files.writeString(folder.resolve("music.arff"), text.formatted(relation));
  }

  private static LoadedDataset read(Path file, String label, Labelling labelling) {
    ReadOptions options =
        ReadOptions.DEFAULT.withCsv(CsvOptions.DEFAULT.withLabel(LabelColumn.of(label)));
    return new Arff().read(file, options, labelling).data();
  }

  private static String labels(LoadedDataset data) {
    StringBuilder all = new StringBuilder();
    for (int s = 0; s < data.size(); s++) {
      for (int k = 0; k < data.targets().names().size(); k++) {
        all.append((int) data.targets().value(s, k));
      }
      all.append(' ');
    }
    return all.toString().strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {"music | calm,slow,a b", "music | 2,3,last", "'music: -C -3' | last"})
  void severalAttributesAreLabels(String relation, String label) throws IOException {
    LoadedDataset data = read(file(DENSE, relation), label, FOUND);
    assertThat(data.head()).isEqualTo(Head.MULTI_LABEL);
    assertThat(data.targets().names()).containsExactly("calm", "slow", "a b");
    assertThat(data.features()).isEqualTo(1);
    assertThat(labels(data)).isEqualTo("101 000 011");
    Floats values = new Floats(1);
    data.copyFeatures(2, 0, 1, values, 0);
    assertThat(values.toArray()).containsExactly(2.5f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {"music | calm,slow", "'music: -C 2 -split-number 1' | last"})
  void sparseLinesStaySparse(String relation, String label) throws IOException {
    LoadedDataset data = read(file(SPARSE, relation), label, FOUND);
    assertThat(data.targets().names()).containsExactly("calm", "slow");
    assertThat(labels(data)).isEqualTo("10 00 01");
    assertThat(data.features()).isEqualTo(2);
  }

  @Test
  void theOrderIsThatOfTheirNames() throws IOException {
    LoadedDataset data = read(file(DENSE, "music"), "a b,calm,slow", FOUND);
    assertThat(data.targets().names()).containsExactly("a b", "calm", "slow");
    assertThat(labels(data)).isEqualTo("110 000 101");
  }

  @Test
  void newSamplesAreReadWithoutTheirLabels() throws IOException {
    Labelling ignored = new Labelling.Ignored(List.of("calm", "slow"));
    LoadedDataset labelled = read(file(SPARSE, "music"), "calm,slow", ignored);
    assertThat(labelled.size()).isEqualTo(3);
    assertThat(labelled.features()).isEqualTo(2);
    Path bare = file("@relation %s\n@attribute loud numeric\n@data\n1\n2\n", "music");
    assertThat(read(bare, "none", ignored).size()).isEqualTo(2);
  }

  @Test
  void severalNumbersArePredicted() throws IOException {
    String text =
        "@relation %s\n@attribute x numeric\n@attribute y numeric\n@attribute z numeric\n"
            + "@data\n1,2.5,3\n4,5.5,6\n";
    LoadedDataset data = read(file(text, "numbers"), "y,z", FOUND);
    assertThat(data.head()).isEqualTo(Head.REGRESSION);
    assertThat(data.targets().value(1, 0)).isEqualTo(5.5f);
    assertThat(data.targets().value(1, 1)).isEqualTo(6f);
  }

  @Test
  void whatCannotBeMeantIsRefused() throws IOException {
    Path file = file(DENSE, "music");
    assertThatThrownBy(() -> read(file, "calm,2", FOUND))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("one attribute as two labels");
    assertThatThrownBy(() -> read(file, "calm,fast", FOUND))
        .hasMessageContaining("no attribute \"fast\"");
    Path wrong = file(DENSE.replace("2.5,0,1,1", "2.5,0,?,1"), "music");
    assertThatThrownBy(() -> read(wrong, "calm,slow,a b", FOUND))
        .hasMessageContaining("value of slow");
  }
}
