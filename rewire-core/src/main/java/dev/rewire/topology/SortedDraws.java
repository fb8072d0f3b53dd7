package dev.rewire.topology;

import dev.rewire.parallel.RangeTask;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import java.util.Arrays;

/**
 * Draws uniform numbers with replacement and puts them in order, without doubles. Draw {@code i} is
 * a function of the key and of {@code i}, so it can be drawn twice: once to count how many fall
 * into each bucket, a range of numbers, and once to put them there. Then the buckets are sorted.
 */
final class SortedDraws {
  /** Cells of a part, about, where random numbers depend on the parts or memory is only moved. */
  static final long PART = 1 << 15;

  /** Draws of a part, at least; which part draws a number does not matter. */
  private static final long LEAST_DRAWS = 1 << 11;

  static final int MOST_PARTS = 64;

  /** Draws of a bucket, about: what is sorted at once, in L1. */
  private static final int BUCKET = 1024;

  private static final int MOST_BUCKETS = 1 << 16;

  /** The odd number nearest to 2^64 divided by the golden ratio: counters far apart (SplitMix). */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private static final int[] NONE = {};

  private final WorkerTeam team;
  private final RangeTask countTask = this::count;
  private final RangeTask scatterTask = this::scatter;
  private final RangeTask sortTask = this::sort;

  /** Draws of each part that fall into each bucket, then where the next one of them goes. */
  private long[][] places = {};

  private long[] bucketStart = {};
  private int[] distinct = NONE;
  private final long[][] sorting;
  private final UniformSort[] sorts;

  private long key;
  private long range;
  private long draws;
  private int parts;
  private int buckets;
  private int shift;
  private CellList into = new CellList();

  SortedDraws(WorkerTeam team) {
    this.team = team;
    sorting = new long[team.threads()][2 * BUCKET];
    sorts = new UniformSort[team.threads()];
    Arrays.setAll(sorts, worker -> new UniformSort());
  }

  /** Where part {@code part} of {@code parts} equal ones begins. */
  static long cut(long length, int part, int parts) {
    return length / parts * part + length % parts * part / parts;
  }

  private static long number(long key, long i, long range) {
    return Math.unsignedMultiplyHigh(RandomStreams.mix(key + i * GOLDEN), range);
  }

  /** Draws on one thread until enough are distinct. */
  void drawUntil(long range, int count, long key, CellList into) {
    long[] numbers = room(0, count);
    for (int i = 0; i < count; i++) {
      numbers[i] = number(key, i, range);
    }
    Arrays.sort(numbers, 0, count);
    int found = unique(numbers, count);
    for (long drawn = count; found < count; drawn++) {
      long number = number(key, drawn, range);
      int place = Arrays.binarySearch(numbers, 0, found, number);
      if (place < 0) {
        System.arraycopy(numbers, -place - 1, numbers, -place, found + place + 1);
        numbers[-place - 1] = number;
        found++;
      }
    }
    into.values().copy(numbers, 0, 0, count);
    into.size(count);
  }

  /** Draws into a list that has room for all draws. */
  void draw(long range, long draws, long key, CellList into) {
    this.key = key;
    this.range = range;
    this.draws = draws;
    this.into = into;
    if (draws == 0) {
      into.size(0);
      return;
    }
    parts = Math.clamp(draws / LEAST_DRAWS, 1, Math.min(MOST_PARTS, 2 * team.threads()));
    int wanted = Math.clamp(draws / BUCKET, 1, MOST_BUCKETS);
    shift = 0;
    while ((range - 1) >>> shift >= wanted) {
      shift++;
    }
    buckets = (int) ((range - 1) >>> shift) + 1;
    makeRoom();
    team.run(parts, countTask);
    prefix();
    team.run(parts, scatterTask);
    team.run(buckets, sortTask);
    compact();
  }

  private void makeRoom() {
    if (distinct.length < buckets) {
      distinct = new int[buckets];
      bucketStart = new long[buckets + 1];
    }
    if (places.length < parts || places[0].length < buckets) {
      places = new long[Math.max(parts, places.length)][distinct.length];
    }
  }

  private void count(int part, int worker) {
    long[] counts = places[part];
    Arrays.fill(counts, 0, buckets, 0);
    count(cut(draws, part, parts), cut(draws, part + 1, parts), counts);
  }

  private void count(long from, long to, long[] counts) {
    for (long i = from; i < to; i++) {
      counts[(int) (number(key, i, range) >>> shift)]++;
    }
  }

  private void prefix() {
    long next = 0;
    for (int bucket = 0; bucket < buckets; bucket++) {
      bucketStart[bucket] = next;
      for (int part = 0; part < parts; part++) {
        long[] counts = places[part];
        long count = counts[bucket];
        counts[bucket] = next;
        next += count;
      }
    }
    bucketStart[buckets] = next;
  }

  private void scatter(int part, int worker) {
    scatter(cut(draws, part, parts), cut(draws, part + 1, parts), places[part]);
  }

  private void scatter(long from, long to, long[] next) {
    for (long i = from; i < to; i++) {
      long number = number(key, i, range);
      into.values().set(next[(int) (number >>> shift)]++, number);
    }
  }

  private void sort(int bucket, int worker) {
    long from = bucketStart[bucket];
    int length = (int) (bucketStart[bucket + 1] - from);
    long[] numbers = room(worker, length);
    into.values().read(from, numbers, length);
    long[] sorted = sorts[worker].sort(numbers, length, (long) bucket << shift, shift);
    int different = unique(sorted, length);
    into.values().copy(sorted, 0, from, different);
    distinct[bucket] = different;
  }

  private long[] room(int worker, int length) {
    if (sorting[worker].length < length) {
      sorting[worker] = new long[length + length / 4];
    }
    return sorting[worker];
  }

  /** Closes the gaps that doubles have left. */
  private void compact() {
    long size = 0;
    for (int bucket = 0; bucket < buckets; bucket++) {
      if (size < bucketStart[bucket]) {
        into.values().copy(into.values(), bucketStart[bucket], size, distinct[bucket]);
      }
      size += distinct[bucket];
    }
    into.size(size);
  }

  /** Moves distinct values of a sorted array to its front and returns how many there are. */
  private static int unique(long[] sorted, int length) {
    int distinct = 0;
    for (int i = 0; i < length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[distinct++] = sorted[i];
      }
    }
    return distinct;
  }
}
