package dev.rewire.measure;

/**
 * The nearest few of many partners. Of equally near ones the neuron of the same number is first,
 * then the lowest number.
 */
final class NearestPairs {
  /** Up to this many the list is kept in order by insertion; a longer one keeps everything. */
  private static final int SHORT = 64;

  private final int most;
  private final int[] column;
  private final double[] cost;
  private final boolean[] same;
  private int size;

  /**
   * Makes an empty list.
   *
   * @param most at most {@link #SHORT}, or as many as there can ever be
   */
  NearestPairs(int most) {
    this.most = most;
    column = new int[most];
    cost = new double[most];
    same = new boolean[most];
  }

  void clear() {
    size = 0;
  }

  void add(int newColumn, double newCost, boolean newSame) {
    if (most > SHORT) {
      put(size++, newColumn, newCost, newSame);
      return;
    }
    int at = size;
    while (at > 0 && before(newCost, newSame, newColumn, at - 1)) {
      at--;
    }
    if (at == most) {
      return;
    }
    size = Math.min(most, size + 1);
    for (int i = size - 1; i > at; i--) {
      put(i, column[i - 1], cost[i - 1], same[i - 1]);
    }
    put(at, newColumn, newCost, newSame);
  }

  private void put(int at, int newColumn, double newCost, boolean newSame) {
    column[at] = newColumn;
    cost[at] = newCost;
    same[at] = newSame;
  }

  private boolean before(double newCost, boolean newSame, int newColumn, int at) {
    if (newCost != cost[at]) {
      return newCost < cost[at];
    }
    return newSame != same[at] ? newSame : newColumn < column[at];
  }

  void into(PairList.Builder list) {
    for (int i = 0; i < size; i++) {
      list.add(column[i], cost[i]);
    }
  }
}
