package dev.rewire.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.memory.Ints;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How rows are cut into parts. */
class PartitionTest {
  private static void covers(Partition partition, int rows) {
    assertThat(partition.parts()).isPositive();
    assertThat(partition.from(0)).isZero();
    for (int p = 0; p < partition.parts(); p++) {
      assertThat(partition.to(p)).isGreaterThanOrEqualTo(partition.from(p));
      assertThat(p == partition.parts() - 1 ? rows : partition.from(p + 1))
          .isEqualTo(partition.to(p));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "1, 100000", "5, 3", "64, 1000", "1000, 40", "10000, 1", "3, 30000"})
  void partsCoverAllRowsWithAboutTheSameWork(int rows, int mostConnections) {
    SplittableRandom random = new SplittableRandom(rows);
    Ints rowStart = new Ints(rows + 1L);
    int largest = 0;
    for (int row = 0; row < rows; row++) {
      // Some rows are empty, some are long.
      int connections = row % 7 == 3 ? 0 : random.nextInt(mostConnections + 1);
      largest = Math.max(largest, connections);
      rowStart.set(row + 1L, rowStart.get(row) + connections);
    }
    for (int align : new int[] {1, 4, 16}) {
      Partition partition = Partition.byConnections(rowStart, align, 2);
      covers(partition, rows);
      double fair = ((double) rowStart.get(rows) + rows) / partition.parts();
      for (int p = 0; p < partition.parts(); p++) {
        assertThat(partition.from(p) % align).isZero();
        int work = rowStart.get(partition.to(p)) - rowStart.get(partition.from(p));
        assertThat((double) work).isLessThanOrEqualTo(fair + (double) align * (largest + 1));
      }
    }
  }

  @Test
  void asManyGroupsAsAsked() {
    Ints rowStart = new Ints(101);
    for (int j = 0; j <= 100; j++) {
      rowStart.set(j, j * j);
    }
    Partition groups = Partition.groups(rowStart, 8);
    covers(groups, 100);
    assertThat(groups.parts()).isEqualTo(8);
    for (int p = 0; p < 8; p++) {
      int work = rowStart.get(groups.to(p)) - rowStart.get(groups.from(p));
      assertThat(work).isBetween(1250 - 250, 1250 + 250);
    }
    assertThat(Partition.groups(rowStart, 1).to(0)).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1",
    "1, 1000000, 1",
    "10, 1, 1",
    "10, 51, 1",
    "10, 512, 10",
    "784, 32, 49",
    "100000, 32, 64",
    "100000, 0, 64"
  })
  void equalPartsButNoneTooSmall(int units, long work, int parts) {
    Partition partition = Partition.equal(units, work);
    covers(partition, units);
    assertThat(partition.parts()).isEqualTo(parts);
    for (int p = 0; p < parts; p++) {
      assertThat(partition.to(p) - partition.from(p)).isBetween(units / parts, units / parts + 1);
    }
  }
}
