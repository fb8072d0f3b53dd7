package dev.rewire.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.data.Bytes;
import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.data.digits.Digits;
import dev.rewire.data.format.SampleFile;
import dev.rewire.data.libsvm.LibsvmOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatasetsTest {
  private static final String TABLE = "v,w,kind\n" + "1,2,a\n3,4,b\n".repeat(10);

  @TempDir Path folder;

  private Path cache;
  private final Map<String, byte[]> mnist = new TreeMap<>();

  @BeforeEach
  void prepare() {
    cache = folder.resolve("cache");
    mnist.put("train-images-idx3-ubyte.gz", Bytes.gzip(Bytes.images(10, 2, 2)));
    mnist.put("train-labels-idx1-ubyte.gz", Bytes.gzip(Bytes.labels(0, 1, 0, 1, 0, 1, 0, 1, 0, 1)));
    mnist.put("t10k-images-idx3-ubyte.gz", Bytes.gzip(Bytes.images(3, 2, 2)));
    mnist.put("t10k-labels-idx1-ubyte.gz", Bytes.gzip(Bytes.labels(1, 1, 0)));
  }

  @Test
  void digitsNeedNoFile() {
    DatasetPair pair = open("digits");

    assertThat(pair.train().size()).isEqualTo(Digits.TRAIN_SAMPLES);
    assertThat(pair.test().size()).isEqualTo(Digits.TEST_SAMPLES);
    assertThat(cache).doesNotExist();
  }

  @Test
  void unknownName() {
    refused(
        DatasetRequest.of("minst"),
        "There is no data set, file or folder \"minst\": did you mean mnist (data sets are digits,"
            + " mnist, fashion-mnist, kmnist, cifar10, allaml and 17 more that 'rewire data list'"
            + " shows)?");
    refused(
        DatasetRequest.of("iris.csv"),
        "There is no data set, file or folder \"iris.csv\": data sets are digits, mnist,"
            + " fashion-mnist, kmnist, cifar10, allaml and 17 more that 'rewire data list' shows.");
    refused(DatasetRequest.of(""), "There is no data set, file or folder \"\": data sets are");
    refused(DatasetRequest.of("a\0b"), "There is no data set");
  }

  @Test
  void tableIsSplit() throws IOException {
    Path table = Files.writeString(folder.resolve("table.csv"), TABLE);

    DatasetPair pair = open(table.toString());

    assertThat(pair.train().size()).isEqualTo(16);
    assertThat(pair.test().size()).isEqualTo(4);
    assertThat(pair.train().name()).isEqualTo("table");
    DatasetPair half = datasets().open(DatasetRequest.of(table.toString()).withSplit(.5, 3));
    assertThat(half.test().size()).isEqualTo(10);
  }

  @Test
  void tableWithTestFile() throws IOException {
    Path table = Files.writeString(folder.resolve("table.csv"), TABLE);
    Path test = Files.writeString(folder.resolve("test.csv"), "v,w,kind\n5,6,b\n");

    DatasetPair pair = datasets().open(DatasetRequest.of(table.toString()).withTest(test));

    assertThat(pair.train().size()).isEqualTo(20);
    assertThat(pair.test().label(0)).isEqualTo(1);
    CsvOptions first = CsvOptions.DEFAULT.withLabel(LabelColumn.of("kind"));
    assertThat(
            datasets()
                .open(DatasetRequest.of(table.toString()).withTest(test).withCsv(first))
                .train()
                .features())
        .isEqualTo(2);
    Files.writeString(test, "v,kind\n5,b\n");
    refused(
        DatasetRequest.of(table.toString()).withTest(test),
        "has 2 features for training and 1 for testing");
    Files.writeString(test, "v,w,kind\n5,6,c\n");
    refused(DatasetRequest.of(table.toString()).withTest(test), "unknown class \"c\" in line 2");
  }

  @Test
  void folderInMnistLayout() throws IOException {
    Path set = write(folder.resolve("set"), mnist);

    DatasetPair pair = open(set.toString());

    assertThat(pair.train().name()).isEqualTo("set");
    assertThat(pair.train().size()).isEqualTo(10);
    assertThat(pair.test().size()).isEqualTo(3);
    refused(
        DatasetRequest.of(folder.toString()),
        folder + " is a folder without train-images-idx3-ubyte.gz");
  }

  @Test
  void imagesWithTheirTestFilesBesideThem() throws IOException {
    Path set = write(folder.resolve("set"), mnist);
    Path train = set.resolve("train-images-idx3-ubyte.gz");
    Path test = set.resolve("t10k-images-idx3-ubyte.gz");

    assertThat(open(train.toString()).test().size()).isEqualTo(3);
    assertThat(datasets().open(DatasetRequest.of(test.toString()).withTest(train)).test().size())
        .isEqualTo(10);
    Files.delete(test);
    assertThat(open(train.toString()).test().size()).isEqualTo(2);
    Files.delete(set.resolve("train-labels-idx1-ubyte.gz"));
    refused(DatasetRequest.of(train.toString()), "put the label file of " + train + " beside it.");
  }

  @Test
  void labelsInPlaceOfImages() throws IOException {
    Path set = write(folder.resolve("set"), mnist);
    Path labels = set.resolve("train-labels-idx1-ubyte.gz");

    assertThatThrownBy(() -> Datasets.features(labels, CsvOptions.DEFAULT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(labels + " holds labels only: give the IDX file of its images.");
    refused(DatasetRequest.of(labels.toString()), "holds labels only");
  }

  @Test
  void singleFilesForANetwork() throws IOException {
    Path set = write(folder.resolve("set"), mnist);
    Path images = set.resolve("t10k-images-idx3-ubyte.gz");
    Path table = Files.writeString(folder.resolve("table.csv"), TABLE);

    assertThat(
            Datasets.labelled(images, CsvOptions.DEFAULT, LibsvmOptions.DEFAULT, List.of("x", "y"))
                .label(0))
        .isEqualTo(1);
    assertThat(
            Datasets.labelled(table, CsvOptions.DEFAULT, LibsvmOptions.DEFAULT, List.of("b", "a"))
                .label(0))
        .isEqualTo(1);
    assertThat(Datasets.features(images, CsvOptions.DEFAULT).width()).isEqualTo(4);
    assertThat(Datasets.features(table, CsvOptions.DEFAULT).columns()).containsExactly("v", "w");
  }

  @Test
  void placesAreSearchedInOrder() throws IOException {
    Path asked = folder.resolve("asked");
    Path environment = folder.resolve("environment");
    Catalogue catalogue = offline();
    Places places = new Places(asked, environment, cache);

    write(cache.resolve("mnist"), mnist);
    assertThat(open(catalogue, places).train().size()).isEqualTo(10);
    mnist.put("t10k-images-idx3-ubyte.gz", Bytes.gzip(Bytes.images(2, 2, 2)));
    mnist.put("t10k-labels-idx1-ubyte.gz", Bytes.gzip(Bytes.labels(1, 1)));
    write(environment.resolve("mnist"), mnist);
    assertThat(open(catalogue, places).test().size()).isEqualTo(2);
    mnist.remove("t10k-images-idx3-ubyte.gz");
    mnist.remove("t10k-labels-idx1-ubyte.gz");
    mnist.put("t10k-images-idx3-ubyte", Bytes.images(1, 2, 2));
    mnist.put("t10k-labels-idx1-ubyte", Bytes.labels(1));
    write(asked.resolve("mnist"), mnist);
    assertThat(open(catalogue, places).test().size()).isEqualTo(1);
  }

  @Test
  void missingFilesAreDownloadedIntoTheCache() throws IOException {
    try (Server server = new Server()) {
      server.files.putAll(mnist);
      Catalogue catalogue = catalogue(server);
      Places places = new Places(folder.resolve("asked"), null, cache);
      List<String> heard = new ArrayList<>();
      Datasets datasets =
          new Datasets(
              catalogue,
              places,
              new Downloader(Duration.ofSeconds(10)),
              (file, done, total) -> heard.add(file.name()));

      DatasetPair pair = datasets.open(DatasetRequest.of("mnist"));

      assertThat(pair.train().size()).isEqualTo(10);
      assertThat(pair.test().classNames()).containsExactly("0", "1");
      assertThat(heard).containsAll(mnist.keySet());
      assertThat(server.requests).hasSize(4);
      Files.delete(cache.resolve("mnist").resolve("t10k-labels-idx1-ubyte.gz"));
      datasets.open(DatasetRequest.of("mnist"));
      assertThat(server.requests).hasSize(5);
      datasets.open(DatasetRequest.of("mnist"));
      assertThat(server.requests).hasSize(5);
    }
  }

  @Test
  void offlineIsOneSentence() throws IOException {
    Catalogue catalogue = offline();
    Path asked = folder.resolve("asked");
    RemoteFile first = catalogue.find("mnist").orElseThrow().files().getFirst();

    assertThatThrownBy(() -> open(catalogue, new Places(asked, null, cache)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "mnist is not in "
                + asked
                + " and could not be downloaded from "
                + first.source()
                + " (")
        .hasMessageEndingWith(
            "): copy its 4 files into " + asked.resolve("mnist") + " or set REWIRE_DATA.");
  }

  @Test
  void namedSetsHaveTheirOwnTestSamples() {
    refused(
        DatasetRequest.of("digits").withTest(Path.of("t.csv")),
        "digits has its own test samples: leave out the test file t.csv.");
  }

  private Datasets datasets() {
    return new Datasets(new Places(null, null, cache), Progress.SILENT);
  }

  private DatasetPair open(String data) {
    return datasets().open(DatasetRequest.of(data));
  }

  private static DatasetPair open(Catalogue catalogue, Places places) {
    return new Datasets(catalogue, places, new Downloader(Duration.ofSeconds(10)), Progress.SILENT)
        .open(DatasetRequest.of("mnist"));
  }

  private void refused(DatasetRequest request, String message) {
    assertThatThrownBy(() -> datasets().open(request))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  /** A catalogue whose server has gone. */
  private Catalogue offline() throws IOException {
    try (Server server = new Server()) {
      return catalogue(server);
    }
  }

  private Catalogue catalogue(Server server) {
    List<RemoteFile> files =
        mnist.entrySet().stream()
            .map(file ->
                new RemoteFile(
                    file.getKey(),
                    server.uri(file.getKey()),
                    file.getValue().length,
                    DownloaderTest.sha256(file.getValue())))
            .toList();
    return new Catalogue(
        List.of(new CatalogueEntry("mnist", "digits", "none", 10, 3, 4, List.of("0", "1"), files)));
  }

  private static Path write(Path folder, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    return folder;
  }

  @Test
  void filesThatAreWrongOrMissing() throws IOException {
    Catalogue catalogue = offline();
    CatalogueEntry entry = catalogue.entries().getFirst();
    Places places = new Places(null, null, cache);
    Datasets datasets = new Datasets(catalogue, places, new Downloader(), Progress.SILENT);

    assertThat(datasets.verify(entry)).allMatch(file -> file.state() == FileState.State.MISSING);
    write(cache.resolve("mnist"), mnist);
    assertThat(datasets.verify(entry)).allMatch(file -> file.state() == FileState.State.RIGHT);
    Files.writeString(cache.resolve("mnist/t10k-labels-idx1-ubyte.gz"), "other");
    assertThat(datasets.verify(entry).get(1).state()).isEqualTo(FileState.State.WRONG);
    assertThat(datasets.fetch(entry)).isEqualTo(cache.resolve("mnist"));
  }

  @Test
  void labelsInASecondFile() throws IOException {
    Path table = Files.writeString(folder.resolve("x.csv"), "v,w\n" + "1,2\n3,4\n".repeat(5));
    Path labels = Files.writeString(folder.resolve("y.txt"), "kind\n" + "7\n\"-1\"\n".repeat(5));
    DatasetRequest request = DatasetRequest.of(table.toString()).withLabels(labels, null);

    DatasetPair pair = datasets().open(request);

    assertThat(pair.train().features()).isEqualTo(2);
    assertThat(pair.train().classNames()).containsExactly("-1", "7");
    assertThat(pair.train().size() + pair.test().size()).isEqualTo(10);
    Path test = Files.writeString(folder.resolve("tx.csv"), "v,w\n1,2\n");
    Path testLabels = Files.writeString(folder.resolve("ty.txt"), "7\n");
    assertThat(
            datasets().open(request.withTest(test).withLabels(labels, testLabels)).test().label(0))
        .isEqualTo(1);
    Files.writeString(labels, "a\nb\n");
    refused(request, "x has 10 samples, but there are " + labels + " (2 labels)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csr.npz", "sparse.mtx", "dense.mtx", "half.npy"})
  void samplesWithLabelsInAnArray(String name) throws IOException {
    Path samples = SampleFile.copy(name, folder);
    Path labels = SampleFile.copy("labels.npy", folder);

    DatasetPair pair =
        datasets()
            .open(DatasetRequest.of(samples.toString()).withLabels(labels, null).withSplit(.5, 1));

    assertThat(pair.train().classNames()).containsExactly("1", "2", "3");
    assertThat(pair.train().features()).isEqualTo(4);
  }

  @Test
  void columnOfLabelsIsLeftOutOfAnArray() throws IOException {
    Path table = SampleFile.copy("table.npy", folder);
    List<String> names = List.of("a", "b");
    CsvOptions none = CsvOptions.DEFAULT.withLabel(new LabelColumn.None());

    assertThat(Datasets.unlabelled(table, none, LibsvmOptions.DEFAULT, names).features())
        .isEqualTo(5);
    assertThat(
            Datasets.unlabelled(table, CsvOptions.DEFAULT, LibsvmOptions.DEFAULT, names).features())
        .isEqualTo(4);
  }

  @Test
  void testFileOfAnotherFormat() throws IOException {
    Path train = SampleFile.copy("dense.mat", folder);
    Path test = SampleFile.copy("dense.h5", folder);

    DatasetPair pair = datasets().open(DatasetRequest.of(train.toString()).withTest(test));

    assertThat(pair.train().size()).isEqualTo(6);
    assertThat(pair.test().sample(5)).containsExactly(0, 0, -1, 8);
  }

  @ParameterizedTest
  @CsvSource({
    "PAR1\u0000xxx, is a Parquet file: convert it",
    "ARROW1\u0000x, is an Arrow file: convert it",
    "PK\u0003\u0004\u0000xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, is a ZIP archive without NumPy arrays",
    "x\u0000y, has no known format: give a file in one of IDX"
  })
  void formatsThatAreNotRead(String content, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), content);

    refused(DatasetRequest.of(file.toString()), file + " " + message);
  }
}
