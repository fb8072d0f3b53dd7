package dev.rewire.metric;

/** The area under the curve of each label against all others, and their mean. */
final class Areas {
  private final RocAuc[] areas;

  Areas(int labels, int samples) {
    boolean exact = (long) labels * samples <= Scores.MOST_KEPT;
    areas = new RocAuc[exact || labels <= Scores.MOST_BINNED ? labels : 0];
    for (int k = 0; k < areas.length; k++) {
      areas[k] = new RocAuc(exact ? samples : 0);
    }
  }

  void add(int label, float output, boolean has) {
    if (label < areas.length) {
      areas[label].add(output, has);
    }
  }

  /** Labels that all samples have, or none, have no area and are left out. */
  double mean() {
    double sum = 0;
    int there = 0;
    for (RocAuc area : areas) {
      double value = area.value();
      if (!Double.isNaN(value)) {
        sum += value;
        there++;
      }
    }
    return there == 0 ? Double.NaN : sum / there;
  }

  double uncertainty() {
    double largest = Double.NaN;
    for (RocAuc area : areas) {
      double value = area.uncertainty();
      largest = Double.isNaN(value) || largest > value ? largest : value;
    }
    return largest;
  }
}
