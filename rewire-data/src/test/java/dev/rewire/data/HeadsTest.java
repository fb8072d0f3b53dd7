package dev.rewire.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.catalogue.Datasets;
import dev.rewire.data.catalogue.Places;
import dev.rewire.data.catalogue.Progress;
import dev.rewire.data.catalogue.RemoteFile;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.stream.StreamOptions;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.MappedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers to predict, sets of labels and two classes with one output, from all kinds of files. */
class HeadsTest {
  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();

  private final Progress progress =
      new Progress() {
        @Override
        public void note(String sentence) {
          notes.add(sentence);
        }

        @Override
        public void at(RemoteFile file, long done, long total) {}
      };

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static DatasetRequest request(Path path, @Nullable String label, @Nullable Head head) {
    DatasetRequest request = DatasetRequest.of(path.toString());
    return request.withRead(
        request
            .read()
            .withHead(head)
            .withCsv(
                label == null ? request.csv() : request.csv().withLabel(LabelColumn.of(label))));
  }

  private DatasetPair open(DatasetRequest request) {
    return new Datasets(Places.ofSystem(folder), progress).open(request);
  }

  /** All samples of a file, test samples last. */
  private LoadedDataset all(DatasetRequest request) {
    return new Datasets(Places.ofSystem(folder), progress).look(request);
  }

  private static List<List<Float>> targets(LoadedDataset data) {
    int outputs = data.head().outputs(data.classNames().size());
    return IntStream.range(0, data.size())
        .mapToObj(s -> IntStream.range(0, outputs).mapToObj(k -> data.target(s, k)).toList())
        .toList();
  }

  @Test
  void aColumnOfNumbers() throws IOException {
    Path path = file("houses.csv", "rooms,area,price\n3,70,210.5\n2,50,180\n4,90,180\n");
    LoadedDataset data = all(request(path, null, Head.REGRESSION));
    assertThat(data.head()).isEqualTo(Head.REGRESSION);
    assertThat(data.classNames()).containsExactly("price");
    assertThat(data.featureNames()).containsExactly("rooms", "area");
    assertThat(targets(data)).containsExactly(List.of(210.5f), List.of(180f), List.of(180f));
  }

  @Test
  void severalColumnsOfNumbers() throws IOException {
    Path path =
        file("houses.csv", "rooms,price,area,age\n3,210.5,70,12\n2,180,50,40\n4,180,90,3\n");
    LoadedDataset data = all(request(path, "age,price", null));
    assertThat(data.classNames()).containsExactly("age", "price");
    assertThat(data.featureNames()).containsExactly("rooms", "area");
    assertThat(targets(data).getFirst()).containsExactly(12f, 210.5f);
    assertThat(data.sample(0)).containsExactly(3, 70);
    LoadedDataset byNumber = all(request(path, "4,2", null));
    assertThat(byNumber.classNames()).containsExactly("age", "price");
    assertThatThrownBy(() -> all(request(path, "age,age", null)))
        .hasMessageContaining("one column twice");
    assertThatThrownBy(() -> all(request(path, "age,height", null)))
        .hasMessageContaining("no column \"height\"");
  }

  @Test
  void aNameMayHaveAComma() throws IOException {
    Path path = file("t.csv", "x,\"a,b\"\n1,p\n2,q\n3,p\n");
    assertThat(all(request(path, "a,b", null)).classNames()).containsExactly("p", "q");
  }

  @Test
  void setsOfLabels() throws IOException {
    Path path = file("songs.csv", "tempo,mood\n90,calm;sad\n140,\n120,\"wild, happy\"\n80,sad\n");
    LoadedDataset data = all(request(path, "mood", Head.MULTI_LABEL));
    assertThat(data.classNames()).containsExactly("calm", "happy", "sad", "wild");
    assertThat(targets(data))
        .containsExactly(
            List.of(1f, 0f, 1f, 0f),
            List.of(0f, 0f, 0f, 0f),
            List.of(0f, 1f, 0f, 1f),
            List.of(0f, 0f, 1f, 0f));
    assertThatThrownBy(() -> all(request(path, "mood", null))).hasMessageContaining("has no class");
  }

  @Test
  void aColumnForEachLabel() throws IOException {
    Path path = file("songs.csv", "tempo,calm,sad\n90,1,1\n140,0,0\n80,0,1\n");
    for (Head head : new Head[] {null, Head.MULTI_LABEL}) {
      LoadedDataset data = all(request(path, "calm,sad", head));
      assertThat(data.head()).isEqualTo(Head.MULTI_LABEL);
      assertThat(data.classNames()).containsExactly("calm", "sad");
      assertThat(targets(data)).containsExactly(List.of(1f, 1f), List.of(0f, 0f), List.of(0f, 1f));
    }
    assertThat(targets(all(request(path, "calm,sad", Head.REGRESSION))).getFirst())
        .containsExactly(1f, 1f);
    Path wrong = file("wrong.csv", "tempo,calm,sad\n90,1,1\n140,0,2\n");
    assertThatThrownBy(() -> all(request(wrong, "calm,sad", Head.MULTI_LABEL)))
        .hasMessageContaining("\"2\" for the label sad in line 3")
        .hasMessageContaining("--head regression");
  }

  @Test
  void libsvmWithSeveralLabelsOrNone() throws IOException {
    Path path = file("a.svm", "1,3 1:1\n 2:1\n7 1:2\n3,7,1 3:1\n");
    assertThatThrownBy(() -> all(request(path, null, null)))
        .as("a line without a label is no sample of classes")
        .hasMessageContaining(":2 begins with \"2:1\"");
    LoadedDataset data = all(request(path, null, Head.MULTI_LABEL));
    assertThat(data.classNames()).containsExactly("1", "3", "7");
    assertThat(targets(data))
        .containsExactly(
            List.of(1f, 1f, 0f), List.of(0f, 0f, 0f), List.of(0f, 0f, 1f), List.of(1f, 1f, 1f));
    assertThat(data.sample(1)).containsExactly(0, 1, 0);
    Path found = file("b.svm", "1,3 1:1\n7 1:2\n");
    assertThat(all(request(found, null, null)).head()).isEqualTo(Head.MULTI_LABEL);
    assertThatThrownBy(() -> all(request(found, null, Head.CLASSES)))
        .hasMessageContaining("--head multi-label");
  }

  @Test
  void libsvmWithNumbers() throws IOException {
    Path path = file("a.svm", "0.5 1:1\n-2e3 2:1\n");
    LoadedDataset data = all(request(path, null, Head.REGRESSION));
    assertThat(data).isInstanceOf(SparseInMemoryDataset.class);
    assertThat(targets(data)).containsExactly(List.of(0.5f), List.of(-2000f));
    Path two = file("b.svm", "0.5,1 1:1\n-2e3,2 2:1\n");
    LoadedDataset several = all(request(two, null, null));
    assertThat(several.classNames()).containsExactly("target 1", "target 2");
    assertThat(targets(several).getLast()).containsExactly(-2000f, 2f);
    Path uneven = file("c.svm", "0.5,1 1:1\n-2e3 2:1\n");
    assertThatThrownBy(() -> all(request(uneven, null, null)))
        .hasMessageContaining("has 1 numbers to predict in line 2, its label, but 2 in the first");
  }

  @Test
  void twoClassesWithOneOutput() throws IOException {
    String rows =
        IntStream.range(0, 20)
            .mapToObj(i -> i + "," + (i % 2 == 0 ? "yes" : "no") + "\n")
            .collect(Collectors.joining());
    DatasetPair pair = open(request(file("two.csv", rows), null, Head.BINARY));
    assertThat(pair.train().head()).isEqualTo(Head.BINARY);
    assertThat(pair.train().classNames()).containsExactly("no", "yes");
    assertThat(pair.train().target(0, 0)).isEqualTo(pair.train().label(0));
    assertThat(pair.test().size()).as("stratified as classes are").isEqualTo(4);
    Path three = file("three.csv", "1,a\n2,b\n3,c\n4,a\n5,b\n6,c\n7,a\n8,a\n9,a\n");
    assertThatThrownBy(() -> open(request(three, null, Head.BINARY)))
        .hasMessageContaining("has 3 classes, but one output")
        .hasMessageContaining("--head classes");
  }

  @Test
  void whatIsFoundIsTold() throws IOException {
    String rows =
        IntStream.range(0, 60)
            .mapToObj(i -> i + "," + i * 1.5 + "\n")
            .collect(Collectors.joining());
    Path path = file("line.csv", "x,y\n" + rows);
    DatasetPair pair = open(request(path, null, null));
    assertThat(pair.train().head()).isEqualTo(Head.REGRESSION);
    assertThat(pair.test().size()).isEqualTo(12);
    assertThat(notes).singleElement().asString().contains("--head regression", "(y)");
    assertThat(all(request(path, null, Head.CLASSES)).classNames()).hasSize(60);
    notes.clear();
    open(request(path, null, Head.REGRESSION));
    assertThat(notes).isEmpty();
  }

  @Test
  void testFilesHaveTheSameTargets() throws IOException {
    Path train = file("train.csv", "x,p,q\n1,0.5,2\n2,1.5,3\n");
    Path test = file("test.csv", "x,p,q\n5,7,8\n");
    DatasetPair pair = open(request(train, "p,q", Head.REGRESSION).withTest(test));
    assertThat(targets(pair.test())).containsExactly(List.of(7f, 8f));
    Path sets = file("train.svm", "1,2 1:1\n3 1:2\n");
    Path other = file("test.svm", "2,4 1:1\n");
    assertThatThrownBy(() -> open(request(sets, null, Head.MULTI_LABEL).withTest(other)))
        .hasMessageContaining("unknown label \"4\" in line 1");
  }

  @Test
  void aNetworkSaysWhatLabelsAre() throws IOException {
    Path path = file("new.csv", "x,y\n1,3\n2,3\n3,4\n");
    Labelling numbers = new Labelling.Known(List.of("y"), Head.REGRESSION);
    LoadedDataset data =
        new Datasets(Places.ofSystem(folder), progress)
            .forNetwork(request(path, "y", null), numbers);
    assertThat(targets(data)).containsExactly(List.of(3f), List.of(3f), List.of(4f));
    Labelling binary = new Labelling.Known(List.of("3", "4"), Head.BINARY);
    LoadedDataset two =
        new Datasets(Places.ofSystem(folder), progress)
            .forNetwork(request(path, "y", null), binary);
    assertThat(targets(two)).containsExactly(List.of(0f), List.of(0f), List.of(1f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"numbers.csv", "sets.csv", "numbers.svm", "sets.svm"})
  void onTheDiskAsInMemory(String name) throws IOException {
    boolean sets = name.startsWith("sets");
    String rows =
        IntStream.range(0, 50)
            .mapToObj(i -> {
              String label = sets ? (i % 3) + "|" + (i % 5 + 3) : Double.toString(i * 0.25);
              return name.endsWith("csv")
                  ? i + "," + 2 * i + "," + label + "\n"
                  : label.replace('|', ',') + " 1:" + i + " 2:3\n";
            })
            .collect(Collectors.joining());
    Head head = sets ? Head.MULTI_LABEL : Head.REGRESSION;
    DatasetRequest request = request(file(name, rows), null, head);
    DatasetPair memory = open(request);
    DatasetRequest inPlace = request.withStream(new StreamOptions(true, folder));
    for (int time = 0; time < 2; time++) {
      DatasetPair disk = open(inPlace);
      assertThat(disk.train()).isNotInstanceOf(InMemoryDataset.class);
      assertThat(disk.train().head()).isEqualTo(head);
      assertThat(disk.train().classNames()).isEqualTo(memory.train().classNames());
      assertThat(targets(disk.train())).isEqualTo(targets(memory.train()));
      assertThat(targets(disk.test())).isEqualTo(targets(memory.test()));
      assertThat(disk.train().sample(3)).isEqualTo(memory.train().sample(3));
    }
    assertThat(notes).as("the second time it is there").hasSize(1);
  }

  private Path npy(String name, String type, int rows, int columns, double... values)
      throws IOException {
    String shape = columns == 0 ? "(%d,)".formatted(rows) : "(%d, %d)".formatted(rows, columns);
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    header = header + " ".repeat(117 - header.length()) + "\n";
    int bytes = Integer.parseInt(type.substring(2));
    ByteBuffer file =
        ByteBuffer.allocate(10 + header.length() + bytes * values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    file.put((byte) 0).putShort((short) header.length());
    file.put(header.getBytes(StandardCharsets.US_ASCII));
    for (double value : values) {
      switch (type) {
        case "<f4" -> file.putFloat((float) value);
        case "<f8" -> file.putDouble(value);
        default -> file.put((byte) value);
      }
    }
    return Files.write(folder.resolve(name), file.array());
  }

  @Test
  void arraysOfNumbersAndOfSets() throws IOException {
    Path x = npy("x.npy", "<f4", 3, 2, 1, 2, 3, 4, 5, 6);
    Path numbers = npy("numbers.npy", "<f8", 3, 2, 0.5, 7, 1.5, 8, 2.5, 9);
    Path sets = npy("sets.npy", "|u1", 3, 2, 1, 1, 0, 0, 0, 1);
    LoadedDataset some = all(request(x, null, null).withLabels(numbers, null));
    assertThat(some.head()).isEqualTo(Head.REGRESSION);
    assertThat(targets(some))
        .containsExactly(List.of(0.5f, 7f), List.of(1.5f, 8f), List.of(2.5f, 9f));
    LoadedDataset others = all(request(x, null, null).withLabels(sets, null));
    assertThat(others.head()).isEqualTo(Head.MULTI_LABEL);
    assertThat(others.classNames()).containsExactly("0", "1");
    assertThat(targets(others)).containsExactly(List.of(1f, 1f), List.of(0f, 0f), List.of(0f, 1f));
    Path ones = npy("ones.npy", "|u1", 3, 2, 1, 0, 0, 1, 0, 1);
    LoadedDataset classes = all(request(x, null, null).withLabels(ones, null));
    assertThat(classes.head()).as("a single 1 in each row").isEqualTo(Head.CLASSES);
    assertThat(all(request(x, null, Head.MULTI_LABEL).withLabels(ones, null)).head())
        .isEqualTo(Head.MULTI_LABEL);
  }

  @Test
  void arraysInPlace() throws IOException {
    Path x = npy("x_train.npy", "<f4", 4, 2, 1, 2, 3, 4, 5, 6, 7, 8);
    npy("y_train.npy", "<f4", 4, 0, 0.5, 1.25, -2, 3);
    DatasetRequest request =
        request(x, null, Head.REGRESSION)
            .withStream(new StreamOptions(true, null))
            .withSplit(0.25, 1);
    DatasetPair pair = open(request);
    assertThat(pair.train()).isInstanceOf(MappedDataset.class);
    List<List<Float>> both = new ArrayList<>(targets(pair.train()));
    both.addAll(targets(pair.test()));
    assertThat(both)
        .containsExactlyInAnyOrder(List.of(0.5f), List.of(1.25f), List.of(-2f), List.of(3f));
    npy("y_train.npy", "|u1", 4, 3, 1, 0, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0);
    DatasetPair sets = open(request.withRead(request.read().withHead(Head.MULTI_LABEL)));
    assertThat(sets.train().classNames()).containsExactly("0", "1", "2");
  }

  @Test
  void labelsInATextFile() throws IOException {
    Path x = npy("x.npy", "<f4", 3, 2, 1, 2, 3, 4, 5, 6);
    Path labels = file("labels.txt", "a;b\nc\nb\n");
    LoadedDataset data = all(request(x, null, Head.MULTI_LABEL).withLabels(labels, null));
    assertThat(data.classNames()).containsExactly("a", "b", "c");
    Path numbers = file("numbers.txt", "1.5\n2.5\n1.5\n");
    assertThat(targets(all(request(x, null, Head.REGRESSION).withLabels(numbers, null))))
        .containsExactly(List.of(1.5f), List.of(2.5f), List.of(1.5f));
  }

  @Test
  void missingFeaturesDoNotTouchTargets() throws IOException {
    Path path = file("gaps.csv", "a,b,y\n1,?,0.5\n2,4,1.5\n?,6,2.5\n");
    for (Missing policy : List.of(Missing.MEAN, Missing.ZERO, Missing.DROP_ROW)) {
      DatasetRequest request = request(path, null, Head.REGRESSION).withTest(path);
      DatasetPair pair = open(request.withRead(request.read().withMissing(policy)));
      assertThat(targets(pair.train()))
          .isEqualTo(
              policy == Missing.DROP_ROW
                  ? List.of(List.of(1.5f))
                  : List.of(List.of(0.5f), List.of(1.5f), List.of(2.5f)));
    }
  }

  @Test
  void damagedLabels() throws IOException {
    Path word = file("word.csv", "x,y\n1,2.5\n2,abc\n");
    assertThatThrownBy(() -> all(request(word, null, Head.REGRESSION)))
        .hasMessageContaining("has \"abc\" in line 3, column 2 (y), where a number to predict");
    Path empty = file("empty.csv", "x,y\n1,2.5\n2,\n");
    assertThatThrownBy(() -> all(request(empty, null, Head.REGRESSION)))
        .hasMessageContaining("has no number to predict in line 3");
    Path images = Files.write(folder.resolve("a-images-idx3-ubyte"), Bytes.images(4, 2, 2));
    Files.write(folder.resolve("a-labels-idx1-ubyte"), Bytes.labels(0, 1, 0, 1));
    assertThatThrownBy(() -> open(request(images, null, Head.REGRESSION).withSplit(0.5, 1)))
        .hasMessageContaining("has a class for each sample")
        .hasMessageContaining("--head regression");
    assertThat(open(request(images, null, Head.BINARY).withSplit(0.5, 1)).train().head())
        .isEqualTo(Head.BINARY);
  }
}
