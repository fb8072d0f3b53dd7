package dev.rewire.data.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.data.SharedData;
import dev.rewire.data.catalogue.Datasets;
import dev.rewire.data.catalogue.Formats;
import dev.rewire.data.cifar.Cifar;
import dev.rewire.data.cifar.CifarFolder;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that other programs wrote, whose statistics are known. */
final class RealFilesTest {
  @ParameterizedTest
  @CsvSource({
    "ALLAML, 72, 7129, 47/25, -8.32971, 8.36616, ",
    "BASEHOCK, 1993, 4862, 994/999, 0, 113, .986",
    "COIL20, 1440, 1024, 20x72, 0, 1, ",
    "Isolet, 1560, 617, 26x60, -1, 1, ",
    "ORL, 400, 1024, 40x10, 2, 235, ",
    "PCMAC, 1943, 3289, 982/961, 0, 149, .985",
    "Prostate-GE, 102, 5966, 50/52, 1, 4.20412, ",
    "TOX-171, 171, 5748, 45/45/39/42, .02, 33922.7, ",
    "Yale, 165, 1024, 15x11, 0, 255, ",
    "colon, 62, 2000, 40/22, -2, 2, ",
    "leukemia, 72, 7070, 47/25, -2, 2, ",
    "lung_small, 73, 325, 6/5/5/16/7/13/21, -2, 2, ",
    "madelon, 2600, 500, 1300/1300, 0, 999, ",
    "nci9, 60, 9712, 9/9/8/5/7/6/8/6/2, -2, 2, ",
    "orlraws10P, 100, 10304, 10x10, 0, 245, ",
    "pixraw10P, 100, 10000, 10x10, 0, 62, ",
    "warpAR10P, 130, 2400, 10x13, 6, 255, ",
    "warpPIE10P, 210, 2420, 10x21, 0, 255, ",
    "lung_bhattacharjee_1543, 203, 1543, 139/20/17/6/21, 10, 10239, ",
    "chowdary_22283, 104, 22283, 62/42, 0, 18710.3, "
  })
  void matlab(
      String name,
      int samples,
      int features,
      String counts,
      double low,
      double high,
      Double zeros) {
    LoadedDataset data = read(SharedData.path("mat/" + name + ".mat"));

    assertThat(data.size()).isEqualTo(samples);
    assertThat(data.features()).isEqualTo(features);
    assertThat(counts(data)).isEqualTo(counts);
    Statistics found = Statistics.of(data);
    assertThat(found.low()).isCloseTo(low, within(1e-5 * Math.max(1, Math.abs(low))));
    assertThat(found.high()).isCloseTo(high, within(1e-5 * Math.max(1, Math.abs(high))));
    if (zeros != null) {
      assertThat(found.zeros()).isCloseTo(zeros, within(6e-4));
    }
    boolean signed = List.of("colon", "leukemia", "madelon").contains(name);
    assertThat(data.classNames().getFirst()).isEqualTo(signed ? "-1" : "1");
  }

  @ParameterizedTest
  @CsvSource({
    "COIL20, 0.301556",
    "Isolet, 0.0793423",
    "lung_bhattacharjee_1543, 123.009",
    "chowdary_22283, 75.3839"
  })
  void meansOfMatlabFiles(String name, double mean) {
    LoadedDataset data = read(SharedData.path("mat/" + name + ".mat"));

    assertThat(Statistics.of(data).mean()).isCloseTo(mean, within(5e-6 * Math.max(1, mean)));
  }

  @Test
  void w8aIsSparse() {
    LoadedDataset data = read(SharedData.path("libsvm/w8a.gz"));

    assertThat(data.size()).isEqualTo(49749);
    assertThat(data.features()).isEqualTo(300);
    assertThat(data.classNames()).containsExactly("-1", "1");
    assertThat(counts(data)).isEqualTo("48270/1479");
    assertThat(((SparseInMemoryDataset) data).entries()).isEqualTo(579586);
  }

  @Test
  void cifar() {
    Path folder = SharedData.path("cifar10-subset");
    InMemoryDataset train = exact(folder, "data_batch_exact.bin.gz");
    InMemoryDataset test = exact(folder, "test_batch_exact.bin.gz");

    assertThat(train.classNames()).contains("airplane", "truck").hasSize(10);
    assertThat(counts(train)).isEqualTo("396/366/420/384/422/393/414/385/407/413");
    assertThat(counts(test)).isEqualTo("103/89/100/103/90/86/112/102/106/109");
    assertThat(IntStream.range(0, 10).map(train::label))
        .containsExactly(6, 9, 9, 4, 1, 1, 2, 7, 8, 3);
    assertThat(IntStream.range(0, 3).mapToObj(f -> train.feature(0, f)))
        .containsExactly(59f, 43f, 50f);
    assertThat(IntStream.range(0, 3).mapToObj(f -> test.feature(0, f)))
        .containsExactly(158f, 159f, 165f);
    assertThat(colours(train)).containsExactly("0.4916 0.2471", "0.4818 0.2440", "0.4447 0.2625");
    assertThat(Formats.of(folder.resolve("data_batch_jpeg.bin.gz")).name())
        .isEqualTo("CIFAR-10 binary");
    var pair = CifarFolder.read("cifar", folder);
    assertThat(pair.train().size()).isEqualTo(10000);
    assertThat(pair.test().size()).isEqualTo(2000);
    assertThat(counts(pair.train())).isEqualTo("10x1000");
    assertThat(counts(pair.test())).isEqualTo("10x200");
  }

  private static InMemoryDataset exact(Path folder, String name) {
    return Cifar.read("cifar", List.of(folder.resolve(name)), new Labelling.Found());
  }

  private static Stream<String> colours(InMemoryDataset data) {
    return IntStream.range(0, 3)
        .mapToObj(plane -> {
          double sum = 0;
          double squares = 0;
          for (int s = 0; s < data.size(); s++) {
            for (int p = 0; p < 1024; p++) {
              double value = data.feature(s, plane * 1024 + p) / 255.0;
              sum += value;
              squares += value * value;
            }
          }
          double n = 1024.0 * data.size();
          double mean = sum / n;
          return String.format(
              java.util.Locale.ROOT, "%.4f %.4f", mean, Math.sqrt(squares / n - mean * mean));
        });
  }

  @Test
  void cheetahHasNoLabels() throws IOException {
    Path folder = SharedData.path("sequences/cheetah");
    double low = 0;
    double high = 0;
    int files = 0;
    try (Stream<Path> traces = Files.list(folder)) {
      for (Path trace : traces.filter(path -> path.toString().endsWith(".npy")).toList()) {
        var table = Datasets.features(trace, CsvOptions.DEFAULT);
        assertThat(table.rows()).isEqualTo(1000);
        assertThat(table.width()).isEqualTo(17);
        for (long i = 0; i < table.values().length(); i++) {
          low = Math.min(low, table.values().get(i));
          high = Math.max(high, table.values().get(i));
        }
        files++;
      }
    }
    assertThat(files).isEqualTo(31);
    assertThat(low).isCloseTo(-24.9055, within(1e-4));
    assertThat(high).isCloseTo(22.8695, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({"net0/epoch_000", "net9/epoch_190"})
  void topologiesAreSparse(String network) {
    Path data = SharedData.path("README.md").getParent();
    Path folder = data.resolveSibling("golden/nnstd").resolve(network);
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isDirectory(folder), folder + " is not there");
    for (int layer = 0; layer < 4; layer++) {
      SparseInMemoryDataset matrix =
          (SparseInMemoryDataset)
              Formats.of(folder.resolve("weight_l" + layer + ".npz"))
                  .read(
                      folder.resolve("weight_l" + layer + ".npz"),
                      ReadOptions.DEFAULT,
                      new Labelling.Ignored(List.of("?")))
                  .data();

      assertThat(matrix.size()).isEqualTo(785);
      assertThat(matrix.features()).isEqualTo(layer == 3 ? 10 : 784);
      if (layer == 3) {
        assertThat(matrix.entries()).isEqualTo(7850);
      } else {
        assertThat(matrix.entries()).isBetween(1000L, 50_000L);
      }
    }
  }

  private static LoadedDataset read(Path path) {
    return Formats.of(path).read(path, ReadOptions.DEFAULT, new Labelling.Found()).data();
  }

  /** Writes counts of classes with slashes, or as "10x72" if they are all equal. */
  private static String counts(LoadedDataset data) {
    int[] counts = new int[data.classNames().size()];
    IntStream.range(0, data.size()).forEach(s -> counts[data.label(s)]++);
    boolean equal = counts.length > 2 && Arrays.stream(counts).distinct().count() == 1;
    return equal
        ? counts.length + "x" + counts[0]
        : String.join("/", Arrays.stream(counts).mapToObj(String::valueOf).toList());
  }

  private record Statistics(double low, double high, double mean, double zeros) {
    static Statistics of(LoadedDataset data) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      double sum = 0;
      long zeros = 0;
      for (int s = 0; s < data.size(); s++) {
        for (float value : data.sample(s)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
          sum += value;
          zeros += value == 0 ? 1 : 0;
        }
      }
      double count = (double) data.size() * data.features();
      return new Statistics(low, high, sum / count, zeros / count);
    }
  }
}
