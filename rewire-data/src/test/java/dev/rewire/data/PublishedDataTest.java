package dev.rewire.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.catalogue.Datasets;
import dev.rewire.data.catalogue.Formats;
import dev.rewire.data.catalogue.Places;
import dev.rewire.data.catalogue.Progress;
import dev.rewire.data.csv.Csv;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.SamplesIn;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The readers against real files, whose statistics are known. */
final class PublishedDataTest {
  @Test
  void mnist() {
    DatasetPair pair = named("mnist");

    check(pair.train(), .130660, .308108, 5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
    assertThat(counts(pair.train()))
        .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
    check(pair.test(), .132515, .310480, 7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
    assertThat(counts(pair.test()))
        .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
  }

  @Test
  void fashionMnist() {
    DatasetPair pair = named("fashion-mnist");

    check(pair.train(), .286041, .353024, 9, 0, 0, 3, 0, 2, 7, 2, 5, 5);
    assertThat(counts(pair.train())).containsOnly(6000);
    check(pair.test(), .286849, .352444, 9, 2, 1, 1, 6, 1, 4, 6, 5, 7);
    assertThat(counts(pair.test())).containsOnly(1000);
    assertThat(pair.train().classNames().getFirst()).isEqualTo("T-shirt/top");
  }

  @Test
  void higgsHasItsLabelLast() {
    InMemoryDataset data =
        Csv.read(SharedData.path("higgs/higgs_10984.csv.gz"), CsvOptions.DEFAULT);

    assertThat(data.features()).isEqualTo(28);
    assertThat(data.classNames()).containsExactly("0", "1");
    assertThat(counts(data)).containsExactly(5163, 5821);
    assertThat(data.feature(0, 0)).isEqualTo(.34186098f);
    double low = 0;
    double high = 0;
    for (int s = 0; s < data.size(); s++) {
      for (int f = 0; f < data.features(); f++) {
        low = Math.min(low, data.feature(s, f));
        high = Math.max(high, data.feature(s, f));
      }
    }
    assertThat(low).isCloseTo(-2.9569, within(1e-4));
    assertThat(high).isCloseTo(14.9821, within(1e-4));
  }

  @Test
  void gestureHasWordsAndNoHeader() {
    InMemoryDataset data =
        Csv.read(SharedData.path("sequences/gesture/a1_va3.csv"), CsvOptions.DEFAULT);

    assertThat(data.classNames()).containsExactly("D", "H", "P", "R", "S");
    assertThat(counts(data)).containsExactly(694, 39, 163, 191, 656);
    assertThat(data.features()).isEqualTo(32);
  }

  @ParameterizedTest
  @CsvSource({"datatraining, 6414, 1729", "datatest, 1693, 972", "datatest2, 7703, 2049"})
  void occupancyHasRowsWithoutANameAndADate(String name, int no, int yes) {
    Path path = SharedData.path("sequences/occupancy/" + name + ".txt");

    InMemoryDataset data = Csv.read(path, CsvOptions.DEFAULT.withIgnored(List.of("date")));

    assertThat(data.featureNames())
        .containsExactly("Temperature", "Humidity", "Light", "CO2", "HumidityRatio");
    assertThat(data.classNames()).containsExactly("0", "1");
    assertThat(counts(data)).containsExactly(no, yes);
    assertThatThrownBy(() -> Csv.read(path, CsvOptions.DEFAULT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("in line 2, column 2 (date)")
        .hasMessageEndingWith("or leave the column out by --ignore date.");
  }

  @Test
  void genesMayBeRows() {
    Path path = SharedData.path("microarray/bhattacharjee-2001_database.txt");
    ReadOptions columns = ReadOptions.DEFAULT.withSamplesIn(SamplesIn.COLUMNS);

    LoadedDataset data = Formats.of(path).read(path, columns, new Labelling.Found()).data();

    // the same numbers were converted to a MATLAB file, with the classes numbered by letters
    Path converted = SharedData.path("mat/lung_bhattacharjee_1543.mat");
    LoadedDataset expected =
        Formats.of(converted).read(converted, ReadOptions.DEFAULT, new Labelling.Found()).data();
    assertThat(data.classNames()).containsExactly("AD", "COID", "NL", "SCLC", "SQ");
    assertThat(data.featureNames()).hasSize(1543).startsWith("AFFX-BioDn-3_at");
    assertThat(counts(data)).containsExactly(139, 20, 17, 6, 21).isEqualTo(counts(expected));
    for (int s = 0; s < expected.size(); s++) {
      assertThat(data.sample(s)).isEqualTo(expected.sample(s));
      assertThat(data.label(s)).isEqualTo(expected.label(s));
    }
    assertThatThrownBy(() -> Csv.read(path, CsvOptions.DEFAULT))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("or say --samples-in columns if each line is a feature.");
  }

  @Test
  void matlabFilesAreNoText() {
    Path path = SharedData.path("mat/colon.mat");

    assertThatThrownBy(() -> Csv.read(path, CsvOptions.DEFAULT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is no text");
  }

  private static DatasetPair named(String name) {
    Path data = SharedData.path(name).getParent();
    return new Datasets(new Places(data, null, data), Progress.SILENT)
        .open(DatasetRequest.of(name));
  }

  private static void check(LoadedDataset data, double mean, double deviation, int... firstLabels) {
    double sum = 0;
    double squares = 0;
    long count = (long) data.size() * data.features();
    for (int s = 0; s < data.size(); s++) {
      for (int f = 0; f < data.features(); f++) {
        double value = data.feature(s, f) / 255;
        sum += value;
        squares += value * value;
      }
    }
    assertThat(sum / count).isCloseTo(mean, within(1e-6));
    assertThat(Math.sqrt(squares / count - sum / count * (sum / count)))
        .isCloseTo(deviation, within(1e-6));
    assertThat(IntStream.range(0, firstLabels.length).map(data::label))
        .containsExactly(IntStream.of(firstLabels).boxed().toArray(Integer[]::new));
  }

  private static int[] counts(LoadedDataset data) {
    int[] counts = new int[data.classNames().size()];
    IntStream.range(0, data.size()).forEach(i -> counts[data.label(i)]++);
    return counts;
  }
}
