package dev.rewire.data.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.Holdout;
import dev.rewire.data.Missing;
import dev.rewire.data.MissingValues;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.catalogue.Datasets;
import dev.rewire.data.catalogue.Places;
import dev.rewire.data.catalogue.Progress;
import dev.rewire.data.csv.Csv;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.idx.Idx;
import dev.rewire.data.libsvm.Libsvm;
import dev.rewire.data.libsvm.LibsvmOptions;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.MappedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.model.DatasetFingerprint;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data on the disk beside the same data in memory. */
class StreamedDataTest {
  private static final StreamOptions ALWAYS = new StreamOptions(true, null);

  @TempDir Path folder;
  private final List<String> heard = new ArrayList<>();

  private StreamedData streamed(StreamOptions options) {
    return new StreamedData(options, CsvOptions.DEFAULT, heard::add);
  }

  private LoadedDataset open(Path path) {
    return streamed(ALWAYS).open(path, LibsvmOptions.DEFAULT);
  }

  private static void same(LoadedDataset found, LoadedDataset expected) {
    assertThat(found.size()).isEqualTo(expected.size());
    assertThat(found.features()).isEqualTo(expected.features());
    assertThat(found.classNames()).isEqualTo(expected.classNames());
    assertThat(found.featureNames()).isEqualTo(expected.featureNames());
    assertThat(found.image()).isEqualTo(expected.image());
    assertThat(found.name()).isEqualTo(expected.name());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.sample(i)).isEqualTo(expected.sample(i));
      assertThat(found.label(i)).isEqualTo(expected.label(i));
    }
  }

  private Path csv(String name, int rows, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("länge,width,\"a,b\",kind\n");
    for (int r = 0; r < rows; r++) {
      int kind = random.nextInt(3);
      text.append(random.nextInt(-50, 50) / 7f + kind)
          .append(',')
          .append(random.nextInt(9))
          .append(",1e-3,")
          .append(List.of("rose", "\"ir,is\"", "Ζεύς").get(kind))
          .append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private Path libsvm(String name, int rows, int first, boolean packed) throws IOException {
    SplittableRandom random = new SplittableRandom(rows);
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows; r++) {
      text.append(random.nextInt(2) == 0 ? "-1" : "+1");
      for (int f = first; f < 40; f += random.nextInt(1, 20)) {
        text.append(' ').append(f).append(':').append(random.nextInt(-99, 99) / 8f);
      }
      text.append(r % 7 == 0 ? " # note\n" : "\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    Path path = folder.resolve(name);
    try (OutputStream out =
        packed ? new GZIPOutputStream(Files.newOutputStream(path)) : Files.newOutputStream(path)) {
      out.write(bytes);
    }
    return path;
  }

  @Test
  void tablesAreTurnedIntoACacheOnce() throws IOException {
    Path path = csv("flowers.csv", 500, 1);
    LoadedDataset expected = Csv.read(path, CsvOptions.DEFAULT);

    same(open(path), expected);
    assertThat(heard).singleElement().asString().contains("flowers.csv", "once");
    assertThat(open(path)).isInstanceOf(MappedDataset.class);
    same(open(path), expected);
    assertThat(heard).hasSize(1);
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("flowers.csv", "flowers.csv.rewire-cache");
    }
  }

  @Test
  void aChangedTextOrAnotherWayToReadItMakesItAnew() throws IOException {
    Path path = csv("flowers.csv", 50, 1);
    open(path);
    Files.setLastModifiedTime(path, FileTime.fromMillis(1));
    open(path);
    assertThat(heard).hasSize(2);
    csv("flowers.csv", 51, 2);
    same(open(path), Csv.read(path, CsvOptions.DEFAULT));
    assertThat(heard).hasSize(3);
    CsvOptions second = CsvOptions.DEFAULT.withLabel(new LabelColumn.Numbered(2));
    Files.writeString(path, "1,2,3\n4,5,6\n");
    same(
        new StreamedData(ALWAYS, second, heard::add).open(path, LibsvmOptions.DEFAULT),
        Csv.read(path, second));
    same(open(path), Csv.read(path, CsvOptions.DEFAULT));
    assertThat(heard).hasSize(5);
  }

  @Test
  void cachesInAFolderOfTheirOwn() throws IOException {
    Path path = csv("flowers.csv", 20, 1);
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("flowers.csv"), "1,2\n2,3\n");
    Path caches = folder.resolve("deep/caches");
    StreamedData data = streamed(new StreamOptions(true, caches));
    same(data.open(path, LibsvmOptions.DEFAULT), Csv.read(path, CsvOptions.DEFAULT));
    data.open(other.resolve("flowers.csv"), LibsvmOptions.DEFAULT);
    data.open(path, LibsvmOptions.DEFAULT);
    assertThat(heard).hasSize(2);
    try (var files = Files.list(caches)) {
      assertThat(files).hasSize(2);
    }
  }

  /** Nothing of a damaged cache is believed, wherever it is damaged. */
  @ParameterizedTest
  @ValueSource(strings = {"csv", "libsvm"})
  void aDamagedCacheIsMadeAnew(String kind) throws IOException {
    Path path = kind.equals("csv") ? csv("a.csv", 5, 1) : libsvm("a.libsvm", 5, 1, false);
    LoadedDataset expected = open(path);
    Path cache = folder.resolve(path.getFileName() + ".rewire-cache");
    byte[] whole = Files.readAllBytes(cache);
    TextCache text = new TextCache(path, ALWAYS, heard::add);
    Object options = kind.equals("csv") ? CsvOptions.DEFAULT : LibsvmOptions.DEFAULT;
    String key = text.key(options, new Labelling.Found());
    assertThat(CacheFile.open(cache, "d", key)).isNotNull();
    assertThat(CacheFile.open(cache, "d", key + ".")).isNull();
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Path copy = folder.resolve("damaged");
      Files.write(copy, damaged);
      assertThat(CacheFile.open(copy, "d", key)).as("byte %d", at).isNull();
      Files.write(copy, java.util.Arrays.copyOf(whole, at));
      assertThat(CacheFile.open(copy, "d", key)).as("cut at %d", at).isNull();
      if (at % 97 == 0) {
        Files.write(cache, damaged);
        heard.clear();
        same(open(path), expected);
        assertThat(heard).as("byte %d", at).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, false", "0, true", "1, true"})
  void sparseTextStaysSparse(int first, boolean packed) throws IOException {
    Path path = libsvm(packed ? "a.libsvm.gz" : "a.libsvm", 300, first, packed);
    Libsvm.Samples expected = Libsvm.read(path, LibsvmOptions.DEFAULT);
    LoadedDataset found = open(path);
    assertThat(found).isInstanceOf(SparseInMemoryDataset.class);
    assertThat(found.features()).isEqualTo(first == 0 ? 40 : 39);
    assertThat(found.bytes()).isLessThan(300 * 4 * 5);
    for (int i = 0; i < 300; i++) {
      assertThat(found.sample(i)).isEqualTo(expected.data().sample(i));
      assertThat(found.label(i)).isEqualTo(expected.data().label(i));
    }
  }

  @Test
  void testSamplesAreReadAsTrainingSamples() throws IOException {
    Path train = Files.writeString(folder.resolve("train.libsvm"), "1 0:1 3:2\n2 1:5\n3 2:1\n");
    Path test = Files.writeString(folder.resolve("test.libsvm"), "3 1:7\n3 2:8\n");
    DatasetPair pair = streamed(ALWAYS).pair(train, test, LibsvmOptions.DEFAULT, null);
    assertThat(pair.test().sample(0)).containsExactly(0, 7, 0, 0);
    assertThat(pair.test().label(0)).isEqualTo(2);

    Path table = csv("train.csv", 60, 1);
    Path some = Files.writeString(folder.resolve("test.csv"), "a,b,c,kind\n1,2,3,rose\n");
    DatasetPair tables = streamed(ALWAYS).pair(table, some, LibsvmOptions.DEFAULT, null);
    assertThat(tables.test().classNames()).isEqualTo(tables.train().classNames());
    assertThat(tables.test().label(0)).isEqualTo(tables.train().classNames().indexOf("rose"));
    Files.writeString(some, "a,b,c,kind\n1,2,3,tulip\n");
    assertThatThrownBy(() -> streamed(ALWAYS).pair(table, some, LibsvmOptions.DEFAULT, null))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("unknown class \"tulip\"");
  }

  private Path idx(String part, int count, int side) throws IOException {
    SplittableRandom random = new SplittableRandom(count);
    ByteBuffer images = ByteBuffer.allocate(16 + count * side * side);
    images.putInt(2051).putInt(count).putInt(side).putInt(side);
    while (images.hasRemaining()) {
      images.put((byte) random.nextInt());
    }
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(2049).putInt(count);
    while (labels.hasRemaining()) {
      labels.put((byte) random.nextInt(4));
    }
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    return Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
  }

  @ParameterizedTest
  @EnumSource(
      value = Missing.class,
      names = {"MEAN", "ZERO", "DROP_ROW"})
  void missingValuesAreDealtWithAsInMemory(Missing policy) throws IOException {
    Path path = folder.resolve("gaps.csv");
    StringBuilder text = new StringBuilder("a,b,kind\n");
    SplittableRandom random = new SplittableRandom(5);
    for (int r = 0; r < 200; r++) {
      text.append(r % 7 == 3 ? "?" : String.valueOf(random.nextInt(100) / 7f))
          .append(',')
          .append(r % 11 == 5 ? "" : String.valueOf(random.nextInt(9)))
          .append(r % 2 == 0 ? ",x\n" : ",y\n");
    }
    Files.writeString(path, text);
    DatasetRequest memory =
        DatasetRequest.of(path.toString()).withRead(ReadOptions.DEFAULT.withMissing(policy));
    Datasets datasets = new Datasets(new Places(null, null, folder), Progress.SILENT);

    DatasetPair expected = datasets.open(memory);
    DatasetPair found = datasets.open(memory.withStream(ALWAYS));

    assertThat(found.train()).isInstanceOf(MappedDataset.class);
    assertThat(expected.train().size()).isLessThan(policy == Missing.DROP_ROW ? 160 : 161);
    same(found.train(), expected.train());
    same(found.test(), expected.test());
    assertThat(found.train().substitutes()).isEqualTo(expected.train().substitutes());
    assertThat(DatasetFingerprint.of(found.train()))
        .isEqualTo(DatasetFingerprint.of(expected.train()));
    assertThat(MissingValues.count(found.train())).isZero();
    assertThat(trained(memory.withStream(ALWAYS))).isEqualTo(trained(memory));
  }

  @Test
  void missingValuesOfTextAreRefusedWithTheirPlace() throws IOException {
    Path path = Files.writeString(folder.resolve("gap.csv"), "a,b,kind\n1,2,x\n1,,y\n");
    assertThatThrownBy(() -> open(path))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("in line 3, column 2 (b)")
        .hasMessageContaining("--missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "libsvm", "idx", "npy", "cifar"})
  void samplesForANetworkNeedNoLabels(String kind) throws IOException {
    Path path =
        switch (kind) {
          case "csv" -> Files.writeString(folder.resolve("new.csv"), "a,b\n1,2\n3,4\n");
          case "libsvm" ->
              Files.writeString(folder.resolve("new.libsvm"), "9 1:1 2:2\n9 1:3 2:4\n");
          case "idx" ->
              Files.write(
                  folder.resolve("new-images-idx3-ubyte"),
                  ByteBuffer.allocate(20)
                      .putInt(2051)
                      .putInt(2)
                      .putInt(1)
                      .putInt(2)
                      .put(new byte[] {1, 2, 3, 4})
                      .array());
          case "npy" -> {
            npy("new.npy", "|u1", "2, 2", ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
            yield folder.resolve("new.npy");
          }
          default -> {
            byte[] records = new byte[2 * 3073];
            records[1] = 1;
            records[2] = 2;
            records[3073] = 7;
            records[3074] = 3;
            records[3075] = 4;
            yield Files.write(folder.resolve("new.bin"), records);
          }
        };
    List<String> classes = List.of("no", "yes", "maybe");
    CsvOptions csv = CsvOptions.DEFAULT.withLabel(new LabelColumn.None());

    LoadedDataset data =
        new StreamedData(ALWAYS, csv, heard::add)
            .open(path, LibsvmOptions.DEFAULT, new Labelling.Ignored(classes));

    assertThat(data.size()).isEqualTo(2);
    assertThat(data.classNames()).isEqualTo(classes);
    assertThat(List.of(data.feature(0, 0), data.feature(0, 1), data.feature(1, 0)))
        .containsExactly(1f, 2f, 3f);
    assertThat(data.feature(1, 1)).isEqualTo(4);
    assertThat(data.label(1)).isZero();
  }

  @Test
  void picturesOfIdxFiles() throws IOException {
    Path path = idx("train", 200, 9);
    LoadedDataset found = open(path);
    assertThat(found).isInstanceOf(MappedDataset.class);
    same(found, Idx.read(found.name(), path, Idx.labelsBeside(path)));

    idx("t10k", 30, 9);
    DatasetPair pair = streamed(ALWAYS).folder(folder);
    assertThat(pair.test().size()).isEqualTo(30);
    Files.write(path, java.util.Arrays.copyOf(Files.readAllBytes(path), 1000));
    assertThatThrownBy(() -> open(path))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("ends at byte 1000");
  }

  @Test
  void packedPicturesCannotBeReadInPlace() throws IOException {
    Path path = folder.resolve("train-images-idx3-ubyte.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(new byte[] {0, 0, 8, 3});
    }
    assertThatThrownBy(() -> open(path))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("gunzip -k");
  }

  private void npy(String name, String type, String shape, ByteBuffer body) throws IOException {
    String dictionary =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, shape);
    int length = Math.ceilDiv(10 + dictionary.length() + 1, 64) * 64 - 10;
    ByteBuffer file =
        ByteBuffer.allocate(10 + length + body.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    file.put((byte) 0).putShort((short) length);
    file.put(
        (dictionary + " ".repeat(length - dictionary.length() - 1) + "\n")
            .getBytes(StandardCharsets.US_ASCII));
    Files.write(folder.resolve(name), file.put(body.array()).array());
  }

  private static ByteBuffer room(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void arraysOfNumpy() throws IOException {
    ByteBuffer x = room(20 * 6 * 4);
    ByteBuffer pixels = room(20 * 6);
    ByteBuffer y = room(20 * 8);
    for (int i = 0; i < 120; i++) {
      x.putFloat(i / 7f);
      pixels.put((byte) (2 * i));
    }
    for (int i = 0; i < 20; i++) {
      y.putLong(i % 3 - 1);
    }
    npy("x.npy", "<f4", "20, 6", x);
    npy("y.npy", "<i8", "20,", y);
    npy("train_X.npy", "|u1", "20, 2, 3", pixels);
    npy("train_y.npy", "<i8", "20, 1", y);
    LoadedDataset floats = open(folder.resolve("x.npy"));
    LoadedDataset bytes = open(folder.resolve("train_X.npy"));
    assertThat(floats.classNames()).containsExactly("-1", "0", "1");
    assertThat(bytes.image()).isEqualTo(new dev.rewire.dataset.ImageShape(2, 3, 1));
    for (int i = 0; i < 120; i++) {
      assertThat(floats.feature(i / 6, i % 6)).isEqualTo(i / 7f);
      assertThat(bytes.feature(i / 6, i % 6)).isEqualTo(2f * i);
      assertThat(floats.label(i / 6)).isEqualTo(i / 6 % 3);
    }

    npy("x.npy", "<f8", "10, 6", x);
    refused("x.npy", "type <f8");
    npy("x.npy", "<f4", "20, 7", x);
    refused("x.npy", "but its header promises");
    npy("x.npy", "<f4", "10, 12", x);
    refused("x.npy", "[20], but");
    npy("z.npy", "<f4", "20, 6", x);
    refused("z.npy", "no labels beside it");
    Files.writeString(
        folder.resolve("x.npy"),
        Files.readString(folder.resolve("x.npy"), StandardCharsets.ISO_8859_1)
            .replace("False", "True "),
        StandardCharsets.ISO_8859_1);
    refused("x.npy", "order of Fortran");
  }

  private void refused(String name, String why) {
    assertThatThrownBy(() -> open(folder.resolve(name)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(why);
  }

  @Test
  void recordsOfCifar() throws IOException {
    byte[] records = new byte[3073 * 7];
    new SplittableRandom(1).nextBytes(records);
    for (int i = 0; i < 7; i++) {
      records[3073 * i] = (byte) (i + 3);
    }
    Path path = Files.write(folder.resolve("data_batch_1.bin"), records);
    Files.write(folder.resolve("data_batch_2.bin"), records);
    Files.write(folder.resolve("test_batch.bin"), records);
    LoadedDataset one = open(path);
    DatasetPair pair = streamed(ALWAYS).folder(folder);
    assertThat(pair.train().size()).isEqualTo(14);
    for (int i = 0; i < 14; i++) {
      assertThat(pair.train().label(i)).isEqualTo(i % 7 + 3);
      assertThat(pair.train().sample(i)).isEqualTo(one.sample(i % 7));
      assertThat(one.feature(i % 7, i)).isEqualTo(records[3073 * (i % 7) + 1 + i] & 0xff);
    }
    records[3073 * 4] = 10;
    Files.write(path, records);
    refused("data_batch_1.bin", "label 10 at byte 12292");
  }

  /** Split, shuffled and learned: no bit tells where the data were. */
  @ParameterizedTest
  @ValueSource(strings = {"csv", "libsvm", "idx"})
  void trainingGivesTheSameBits(String kind) throws IOException {
    Path path =
        switch (kind) {
          case "csv" -> csv("a.csv", 400, 3);
          case "libsvm" -> libsvm("a.libsvm", 400, 1, false);
          default -> idx("train", 300, 6);
        };
    DatasetRequest request = DatasetRequest.of(path.toString()).withHoldout(new Holdout(.1, 4, 2));
    assertThat(trained(request.withStream(ALWAYS))).isEqualTo(trained(request));
  }

  private static String trained(DatasetRequest request) {
    DatasetPair pair = new Datasets(Places.ofSystem(null), Progress.SILENT).open(request);
    Network network = NetworkBuilder.forData(pair.train()).hidden(20).epsilon(3).build();
    new Trainer(TrainingPlan.defaults().withEpochs(2).withBatch(32).withThreads(2))
        .train(network, pair.train(), pair.watched());
    return pair.train().size()
        + " "
        + Fingerprint.of(network)
        + " "
        + network.evaluate(pair.test()).loss();
  }

  @Test
  void onlyWhatIsTooLargeStaysOnTheDiskByItself() throws IOException {
    Path small = csv("small.csv", 5, 1);
    assertThat(StreamOptions.DEFAULT.wants(small)).isFalse();
    assertThat(ALWAYS.wants(small)).isTrue();
    for (String name : List.of("large.csv", "large-images-idx3-ubyte", "large.npy", "large.mat")) {
      Path large = folder.resolve(name);
      try (var file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
        file.setLength(Runtime.getRuntime().maxMemory()); // a hole, which takes no room
      }
      assertThat(StreamOptions.DEFAULT.wants(large)).as(name).isEqualTo(!name.endsWith(".mat"));
      Files.delete(large);
    }
  }
}
