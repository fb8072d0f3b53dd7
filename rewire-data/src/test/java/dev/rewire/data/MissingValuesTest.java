package dev.rewire.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.catalogue.Datasets;
import dev.rewire.data.catalogue.Places;
import dev.rewire.data.catalogue.Progress;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MissingValuesTest {
  private static final float GAP = Float.NaN;

  @TempDir Path folder;

  private final InMemoryDataset data =
      InMemoryDataset.of(
          "d", new float[][] {{1, GAP}, {3, 8}, {GAP, 4}, {2, 0}}, new int[] {0, 1, 0, 1});

  @Test
  void counts() {
    assertThat(MissingValues.count(data)).isEqualTo(2);
  }

  @Test
  void zero() {
    var filled = MissingValues.settle(data, Missing.ZERO);

    assertThat(filled.sample(0)).containsExactly(1, 0);
    assertThat(filled.sample(2)).containsExactly(0, 4);
    assertThat(filled.label(3)).isEqualTo(1);
    assertThat(filled.substitutes()).containsExactly(0);
    assertThat(MissingValues.count(filled)).isZero();
  }

  @Test
  void rowsAreDropped() {
    var whole = MissingValues.settle(data, Missing.DROP_ROW);

    assertThat(whole.size()).isEqualTo(2);
    assertThat(whole.sample(0)).containsExactly(3, 8);
    assertThatThrownBy(() -> MissingValues.settle(data.select(new int[] {0, 2}), Missing.DROP_ROW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none would remain");
  }

  @Test
  void meansAreThoseOfTheTrainingPart() {
    var test = InMemoryDataset.of("t", new float[][] {{100, GAP}, {GAP, 100}}, new int[] {0, 1});

    DatasetPair pair = MissingValues.settle(new DatasetPair(data, test), Missing.MEAN);

    assertThat(pair.train().sample(0)).containsExactly(1, 4);
    assertThat(pair.train().sample(2)).containsExactly(2, 4);
    assertThat(pair.test().sample(0)).containsExactly(100, 4);
    assertThat(pair.test().sample(1)).containsExactly(2, 100);
    assertThatThrownBy(() -> MissingValues.settle(data, Missing.MEAN))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("means of the training samples are not known");
  }

  @Test
  void sparseZerosCountForTheMean() {
    SparseInMemoryDataset sparse =
        new SparseInMemoryDataset.Builder("s", 3, List.of("a", "b"))
            .add(new int[] {0, 2}, new float[] {6, GAP}, 0)
            .add(new int[] {2}, new float[] {4}, 1)
            .add(new int[] {}, new float[] {}, 1)
            .build();

    DatasetPair pair = MissingValues.settle(new DatasetPair(sparse, sparse), Missing.MEAN);

    assertThat(pair.train()).isInstanceOf(SparseInMemoryDataset.class);
    assertThat(pair.train().sample(0)).containsExactly(6, 0, 2);
    assertThat(MissingValues.settle(sparse, Missing.DROP_ROW).size()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "NA", "NaN", "null"})
  void cellsOfATableThatSayNothing(String nothing) throws IOException {
    Path table = folder.resolve("gaps.csv");
    Files.writeString(
        table, "v,w,kind\n1,%s,a\n3,8,b\n".formatted(nothing) + "2,4,a\n5,6,b\n".repeat(9));
    Datasets datasets = new Datasets(new Places(null, null, folder), Progress.SILENT);
    DatasetRequest request = DatasetRequest.of(table.toString());

    assertThatThrownBy(() -> datasets.open(request))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("in line 2, column 2 (w)")
        .hasMessageContaining("or say by --missing what to do about it.");
    assertThat(MissingValues.count(datasets.look(request))).isEqualTo(1);
    for (Missing policy : List.of(Missing.MEAN, Missing.ZERO, Missing.DROP_ROW)) {
      DatasetPair pair = datasets.open(request.withRead(ReadOptions.DEFAULT.withMissing(policy)));
      assertThat(MissingValues.count(pair.train()) + MissingValues.count(pair.test())).isZero();
      assertThat(pair.train().size() + pair.test().size())
          .isEqualTo(policy == Missing.DROP_ROW ? 19 : 20);
    }
  }

  @Test
  void wordsAndInfinitiesAreNotMissing() throws IOException {
    Path table = Files.writeString(folder.resolve("w.csv"), "1,inf,a\n3,8,b\n");
    Datasets datasets = new Datasets(new Places(null, null, folder), Progress.SILENT);
    DatasetRequest request =
        DatasetRequest.of(table.toString()).withRead(ReadOptions.DEFAULT.withMissing(Missing.ZERO));

    assertThatThrownBy(() -> datasets.open(request))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has \"inf\" in line 1, column 2");
  }
}
