package dev.rewire.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever training would see differently is another fingerprint. */
class DatasetFingerprintTest {
  private static InMemoryDataset dense(float[][] samples, int... labels) {
    return InMemoryDataset.of("any", samples, labels);
  }

  private static SparseInMemoryDataset sparse(int feature, float value, int label, String name) {
    return new SparseInMemoryDataset.Builder(name, 4, List.of("a", "b"))
        .add(new int[] {feature}, new float[] {value}, label)
        .add(new int[] {1, 2}, new float[] {3, 4}, 1)
        .build();
  }

  @Test
  void everythingCountsButTheName() {
    List<LoadedDataset> all =
        List.of(
            dense(new float[][] {{1, 2}, {3, 4}}, 0, 1),
            dense(new float[][] {{1, 2}, {3, 5}}, 0, 1),
            dense(new float[][] {{1, 2}, {3, 4}}, 1, 0),
            dense(new float[][] {{3, 4}, {1, 2}}, 0, 1),
            dense(new float[][] {{1}, {2}, {3}, {4}}, 0, 1, 0, 1),
            dense(new float[][] {{1, 2}, {3, -0f}}, 0, 1),
            dense(new float[][] {{1, 2}, {3, 0f}}, 0, 1),
            sparse(0, 1, 0, "x"),
            sparse(0, 2, 0, "x"),
            sparse(3, 1, 0, "x"),
            sparse(0, 1, 1, "x"));
    Set<String> fingerprints = new HashSet<>();
    all.forEach(data -> fingerprints.add(DatasetFingerprint.of(data)));
    assertThat(fingerprints).hasSize(all.size());
    assertThat(DatasetFingerprint.of(sparse(0, 1, 0, "y")))
        .isEqualTo(DatasetFingerprint.of(sparse(0, 1, 0, "x")));
    assertThat(DatasetFingerprint.of(dense(new float[][] {{1, 2}, {3, 4}}, 0, 1)))
        .isEqualTo(DatasetFingerprint.of(all.getFirst()))
        .hasSize(64);
  }
}
