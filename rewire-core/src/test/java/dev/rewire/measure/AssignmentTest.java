package dev.rewire.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against all assignments there are. */
class AssignmentTest {
  /** Tries every column, and staying alone, for each row in turn. */
  private static double slowLeast(double[][] cost, int row, boolean[] taken) {
    if (row == cost.length) {
      return 0;
    }
    double least = Assignment.ALONE + slowLeast(cost, row + 1, taken);
    for (int j = 0; j < taken.length; j++) {
      if (!taken[j]) {
        taken[j] = true;
        least = Math.min(least, cost[row][j] + slowLeast(cost, row + 1, taken));
        taken[j] = false;
      }
    }
    return least;
  }

  @Test
  void costIsTheLeastOfAllAssignments() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 400; round++) {
      int rows = 1 + random.nextInt(6);
      int columns = 1 + random.nextInt(6);
      // Few different costs: many ties, many conflicts.
      int steps = 1 + random.nextInt(8);
      double share = random.nextDouble();
      double[][] cost = new double[rows][columns];
      var list = new PairList.Builder(rows, columns);
      for (double[] row : cost) {
        for (int j = 0; j < columns; j++) {
          boolean listed = random.nextDouble() < share;
          row[j] = listed ? (double) random.nextInt(steps) / steps : Assignment.ALONE;
          if (listed) {
            list.add(j, row[j]);
          }
        }
        list.endRow();
      }
      int[] found = Assignment.of(list.build());
      double sum = 0;
      boolean[] taken = new boolean[columns];
      for (int i = 0; i < rows; i++) {
        sum += found[i] < 0 ? Assignment.ALONE : cost[i][found[i]];
        if (found[i] >= 0) {
          assertThat(taken[found[i]]).isFalse();
          taken[found[i]] = true;
        }
      }
      assertThat(sum).isCloseTo(slowLeast(cost, 0, new boolean[columns]), within(1e-12));
    }
  }

  @Test
  void rowsMoveOnForOthers() {
    // Everybody likes column 0 best; the chain of exchanges goes through all of them.
    int n = 50;
    var list = new PairList.Builder(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        list.add(j, 0.01 * j / n);
      }
      list.endRow();
    }
    int[] found = Assignment.of(list.build());
    for (int i = 0; i < n; i++) {
      assertThat(found[i]).isEqualTo(i);
    }
  }
}
