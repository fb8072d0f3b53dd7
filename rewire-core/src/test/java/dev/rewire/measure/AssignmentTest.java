package dev.rewire.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against all assignments there are. */
class AssignmentTest {
  /** Tries every column for each row in turn. */
  private static double slowLeast(double[][] cost, int row, boolean[] taken) {
    if (row == cost.length) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
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
      int n = 1 + random.nextInt(7);
      // Few different costs: many ties, many conflicts.
      int steps = 1 + random.nextInt(8);
      double share = random.nextDouble();
      double[][] cost = new double[n][n];
      boolean[] emptyRow = new boolean[n];
      boolean[] emptyColumn = new boolean[n];
      for (int i = 0; i < n; i++) {
        emptyRow[i] = random.nextInt(4) == 0;
        emptyColumn[i] = random.nextInt(4) == 0;
      }
      var list = new PairList.Builder(n, n);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          boolean listed = !emptyRow[i] && !emptyColumn[j] && random.nextDouble() < share;
          cost[i][j] = emptyRow[i] && emptyColumn[j] ? 0 : 1;
          if (listed) {
            cost[i][j] = (double) random.nextInt(steps) / steps;
            list.add(j, cost[i][j]);
          }
        }
        list.endRow();
      }
      int[] found = Assignment.of(list.build(), emptyRow, emptyColumn);
      double sum = 0;
      boolean[] taken = new boolean[n];
      for (int i = 0; i < n; i++) {
        sum += cost[i][found[i]];
        assertThat(taken[found[i]]).isFalse();
        taken[found[i]] = true;
      }
      assertThat(sum).isCloseTo(slowLeast(cost, 0, new boolean[n]), within(1e-12));
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
    int[] found = Assignment.of(list.build(), new boolean[n], new boolean[n]);
    for (int i = 0; i < n; i++) {
      assertThat(found[i]).isEqualTo(i);
    }
  }
}
