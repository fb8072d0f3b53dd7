package dev.rewire.data.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.data.DataException;
import dev.rewire.data.Missing;
import dev.rewire.data.catalogue.Formats;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.data.format.ArrayNames;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.SampleFile;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays of any file as samples. */
final class ArrayFilesTest {
  @TempDir Path folder;

  private LoadedDataset read(String name, ReadOptions options) throws IOException {
    Path path = SampleFile.copy(name, folder);
    return Formats.of(path).read(path, options, new Labelling.Found()).data();
  }

  private static ReadOptions arrays(String x, String y, LabelColumn column) {
    return ReadOptions.DEFAULT.withArrays(new ArrayNames(x, y, column));
  }

  @ParameterizedTest
  @CsvSource({
    "dense.mat, MATLAB Level 5",
    "plain.mat, MATLAB Level 5",
    "sparse.mat, MATLAB Level 5",
    "dense.npz, NumPy NPZ",
    "csr.npz, NumPy NPZ",
    "half.npy, NumPy NPY",
    "dense.h5, HDF5",
    "v73.mat, HDF5",
    "dense.safetensors, safetensors",
    "sparse.mtx, MatrixMarket"
  })
  void contentDecidesNotTheName(String name, String format) throws IOException {
    Path path = Files.write(folder.resolve("data.csv"), SampleFile.bytes(name));

    assertThat(Formats.of(path).name()).isEqualTo(format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sparse.mat", "v73sparse.mat"})
  void sparseStaysSparse(String name) throws IOException {
    LoadedDataset data = read(name, ReadOptions.DEFAULT);

    assertThat(data).isInstanceOf(SparseInMemoryDataset.class);
    assertThat(((SparseInMemoryDataset) data).entries()).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csr.npz", "csc.npz", "coo.npz"})
  void sciPyWritesOneMatrixInThreeWays(String name) throws IOException {
    Path path = SampleFile.copy(name, folder);
    LoadedDataset data =
        Formats.of(path)
            .read(path, ReadOptions.DEFAULT, new Labelling.Ignored(List.of("?")))
            .data();

    assertThat(((SparseInMemoryDataset) data).entries()).isEqualTo(9);
    for (int s = 0; s < 6; s++) {
      assertThat(data.sample(s)).isEqualTo(SampleFile.VALUES[s]);
    }
  }

  @Test
  void lettersAndOnesAreLabels() throws IOException {
    assertThat(read("letters.mat", ReadOptions.DEFAULT).classNames())
        .containsExactly("a", "bb", "c");
    LoadedDataset ones = read("ones.mat", ReadOptions.DEFAULT);
    assertThat(ones.classNames()).containsExactly("0", "1", "2");
    assertThat(ones.label(5)).isEqualTo(2);
    assertThat(read("compressed.npz", ReadOptions.DEFAULT).classNames())
        .containsExactly("a", "b", "c");
  }

  @Test
  void arraysAreNamed() throws IOException {
    assertThat(read("dense.npz", arrays("X", "y", null)).size()).isEqualTo(6);
    assertThat(read("chunked.h5", arrays("train/x", "y", null)).size()).isEqualTo(6);
    assertThatThrownBy(() -> read("dense.npz", arrays("Z", null, null)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has no array \"Z\": name one of X (6 x 4 <f8), y (6 <i8) by --x");
    LoadedDataset turned = read("dense.npz", arrays("y", "X", null));
    assertThat(turned.head()).as("four numbers a sample").isEqualTo(Head.REGRESSION);
    assertThat(turned.classNames()).hasSize(4);
    assertThatThrownBy(() -> read("csr.npz", ReadOptions.DEFAULT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("name one by --y, a column by --label, or a second file by --labels");
  }

  @Test
  void labelsAreAColumn() throws IOException {
    LoadedDataset data = read("table.npy", arrays(null, null, new LabelColumn.Last()));

    assertThat(data.features()).isEqualTo(4);
    assertThat(data.classNames()).containsExactly("1", "2", "3");
    assertThat(data.sample(5)).containsExactly(0, 0, -1, 8);
    LoadedDataset second = read("table.npy", arrays(null, null, new LabelColumn.Numbered(2)));
    assertThat(second.classNames()).containsExactly("0", "1", "2");
    assertThat(second.sample(5)).containsExactly(0, -1, 8, 3);
    assertThatThrownBy(() -> read("table.npy", arrays(null, null, new LabelColumn.Numbered(6))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has 5 columns");
  }

  @Test
  void coloursBecomePlanes() throws IOException {
    Path path = SampleFile.copy("pictures.npy", folder);
    LoadedDataset data =
        Formats.of(path)
            .read(path, ReadOptions.DEFAULT, new Labelling.Ignored(List.of("?")))
            .data();

    assertThat(data.image()).isEqualTo(new ImageShape(2, 2, 3));
    assertThat(data.sample(1)).containsExactly(12, 15, 18, 21, 13, 16, 19, 22, 14, 17, 20, 23);
  }

  @Test
  void pythonObjectsAreNeverLoaded() {
    assertThatThrownBy(() -> read("objects.npz", ReadOptions.DEFAULT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Python objects, which are never loaded");
  }

  @Test
  void sizesAreComparedBeforeAnythingIsAllocated() throws IOException {
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000, 1000), }";
    Path path = Files.write(folder.resolve("huge.npy"), npy(header, new byte[16]));

    assertThatThrownBy(
            () -> Formats.of(path).read(path, ReadOptions.DEFAULT, new Labelling.Found()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "promises the shape (1000000000, 1000), more than can follow (byte 10)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2000000000 4 1", "2000000000 2000000000 1"})
  void nobodyHasThatManyEmptyRows(String sizes) throws IOException {
    String text = "%%MatrixMarket matrix coordinate real general\n" + sizes + "\n1 1 5\n";
    Path path = Files.writeString(folder.resolve("empty.mtx"), text);

    assertThatThrownBy(() ->
            Formats.of(path).read(path, ReadOptions.DEFAULT, new Labelling.Ignored(List.of("?"))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("claims to have 2000000000 rows for 1 entries");
  }

  @Test
  void missingNumbersFollowThePolicy() throws IOException {
    ByteBuffer numbers = ByteBuffer.allocate(6 * 8).order(ByteOrder.BIG_ENDIAN);
    for (double value : new double[] {1, Double.NaN, 0, 4, 5, 1}) {
      numbers.putDouble(value);
    }
    String header = "{'descr': '>f8', 'fortran_order': False, 'shape': (2, 3), }";
    Path path = Files.write(folder.resolve("gaps.npy"), npy(header, numbers.array()));
    ReadOptions options = arrays(null, null, new LabelColumn.Last());

    assertThatThrownBy(() -> Formats.of(path).read(path, options, new Labelling.Found()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("NaN in sample 1 of 2, feature 2")
        .hasMessageContaining("--missing");
    LoadedDataset kept =
        Formats.of(path)
            .read(path, options.withMissing(Missing.KEEP), new Labelling.Found())
            .data();
    assertThat(kept.sample(0)).containsExactly(1, Float.NaN);
    assertThat(kept.sample(1)).containsExactly(4, 5);
  }

  private static byte[] npy(String header, byte[] body) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(10 + text.length + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) text.length)
        .put(text)
        .put(body)
        .array();
  }

  /**
   * A class of double, stored in 16 bits without a sign, written on a machine of the other kind.
   */
  @Test
  void matlabOfTheOtherByteOrderStoredNarrow() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(1024).order(ByteOrder.BIG_ENDIAN);
    file.put("MATLAB 5.0 MAT-file".getBytes(StandardCharsets.ISO_8859_1));
    file.position(124).putShort((short) 0x0100).put((byte) 'M').put((byte) 'I');
    matrix(file, "X", 2, 3, 65535, 2, 3, 4, 5, 6);
    matrix(file, "Y", 2, 1, 7, 9);
    Path path =
        Files.write(folder.resolve("other.mat"), Arrays.copyOf(file.array(), file.position()));

    LoadedDataset data =
        Formats.of(path).read(path, ReadOptions.DEFAULT, new Labelling.Found()).data();

    assertThat(data.classNames()).containsExactly("7", "9");
    assertThat(data.sample(0)).containsExactly(65535, 3, 5);
    assertThat(data.sample(1)).containsExactly(2, 4, 6);
  }

  @Test
  void aMatrixOfLabelsHasSetsOrNumbers() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(1024).order(ByteOrder.BIG_ENDIAN);
    file.put("MATLAB 5.0 MAT-file".getBytes(StandardCharsets.ISO_8859_1));
    file.position(124).putShort((short) 0x0100).put((byte) 'M').put((byte) 'I');
    matrix(file, "X", 3, 1, 4, 5, 6);
    matrix(file, "Y", 3, 2, 1, 0, 0, 1, 0, 1);
    Path path =
        Files.write(folder.resolve("sets.mat"), Arrays.copyOf(file.array(), file.position()));

    LoadedDataset sets =
        Formats.of(path).read(path, ReadOptions.DEFAULT, new Labelling.Found()).data();
    assertThat(sets.head()).isEqualTo(Head.MULTI_LABEL);
    assertThat(sets.target(0, 0)).isEqualTo(1);
    assertThat(sets.target(0, 1)).isEqualTo(1);
    assertThat(sets.target(1, 0) + sets.target(1, 1)).isZero();
    assertThat(sets.target(2, 1)).isEqualTo(1);

    Labelling numbers = new Labelling.Known(List.of("u", "v"), Head.REGRESSION);
    LoadedDataset known = Formats.of(path).read(path, ReadOptions.DEFAULT, numbers).data();
    assertThat(known.classNames()).containsExactly("u", "v");
    assertThat(known.target(2, 0)).isZero();
    assertThatThrownBy(() ->
            Formats.of(path)
                .read(path, ReadOptions.DEFAULT, new Labelling.Known(List.of("0", "1"))))
        .hasMessageContaining("--head multi-label or regression");
  }

  private static void matrix(ByteBuffer file, String name, int rows, int columns, int... values) {
    ByteBuffer body = ByteBuffer.allocate(256).order(ByteOrder.BIG_ENDIAN);
    body.putInt(6).putInt(8).putInt(6).putInt(0);
    body.putInt(5).putInt(8).putInt(rows).putInt(columns);
    body.putShort((short) 1).putShort((short) 1).put((byte) name.charAt(0)).put(new byte[3]);
    boolean small = 2 * values.length <= 4;
    if (small) {
      body.putShort((short) (2 * values.length)).putShort((short) 4);
    } else {
      body.putInt(4).putInt(2 * values.length);
    }
    for (int value : values) {
      body.putShort((short) value);
    }
    body.position((body.position() + 7) / 8 * 8);
    file.putInt(14).putInt(body.position()).put(body.array(), 0, body.position());
  }
}
