package dev.rewire.evolution;

import dev.rewire.memory.Bits;
import dev.rewire.memory.Floats;
import dev.rewire.parallel.RangeTask;
import dev.rewire.parallel.WorkerTeam;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Order statistics of many floats without sorting: histograms of the upper 11, the next 11 and the
 * last 10 bits of a key that has the order of the numbers, each pass on all threads. Up to two
 * ranks are found at once.
 *
 * <p>Values are copied in blocks into a small array: this is done too seldom for the JIT to make
 * access to native memory cheap from the start.
 */
final class RadixSelection {
  /** What is compared. Each key is {@code (bits & mask) ^ (sign & flip) ^ top}, unsigned. */
  enum Order {
    /** The numbers themselves, -0 before 0. */
    VALUE(-1, Integer.MAX_VALUE, Integer.MIN_VALUE),
    /** Their distance from zero. */
    MAGNITUDE(Integer.MAX_VALUE, 0, 0),
    /** Positive ones by distance from zero, then negative ones by distance from zero. */
    BY_SIGN(-1, 0, 0);

    private final int mask;
    private final int flip;
    private final int top;

    Order(int mask, int flip, int top) {
      this.mask = mask;
      this.flip = flip;
      this.top = top;
    }
  }

  private static final int BLOCK = 4096;
  private static final int BINS = 2048;
  private static final int INFINITY = 0x7f80_0000;

  /** Instead of a rank: none is asked for. */
  static final int NONE = -1;

  private final WorkerTeam team;
  private final int[][] blocks;

  /** For each part two histograms, one a rank. */
  private final int[][] counts = new int[Parts.MOST][2 * BINS];

  /** For each part the special numbers: 0, -0, NaN, negative NaN. */
  private final int[][] special = new int[Parts.MOST][4];

  private final int[] all = new int[2 * BINS];
  private final int[] allSpecial = new int[4];
  private final RangeTask topTask = this::top;
  private final RangeTask middleTask = this::middle;
  private final RangeTask lowTask = this::low;
  private final RangeTask belowTask = this::below;
  private final RangeTask bySignTask = this::bySign;

  private MemorySegment values = MemorySegment.NULL;
  private int length;
  private int parts;
  private Order order = Order.VALUE;

  // By sign: numbers whose sign bit is 0, and those above and below zero.
  private int signless;
  private int positive;
  private int negative;

  // For each of the two ranks: the bits of its key found so far, what remains of the rank among the
  // keys that begin with them.
  private final int[] prefix = new int[2];
  private final int[] rest = new int[2];

  /** For each rank and part, how many keys that are equal to it get a mark. */
  private final int[][] quota = new int[2][Parts.MOST];

  private Bits marks = new Bits();
  private boolean zeros;

  RadixSelection(WorkerTeam team) {
    this.team = team;
    blocks = new int[team.threads()][BLOCK];
  }

  /** First pass: must come before any question. */
  void scan(Floats numbers, Order order) {
    this.order = order;
    values = numbers.segment();
    length = (int) numbers.length();
    parts = Parts.of(length);
    team.run(parts, topTask);
    sum(BINS);
    Arrays.fill(allSpecial, 0);
    for (int part = 0; part < parts; part++) {
      for (int kind = 0; kind < 4; kind++) {
        allSpecial[kind] += special[part][kind];
      }
    }
    signless = half(0);
    positive = signless - allSpecial[0] - allSpecial[2];
    negative = half(BINS / 2) - allSpecial[1] - allSpecial[3];
  }

  /** Numbers above 0; after a scan by sign. */
  int positive() {
    return positive;
  }

  /** Numbers below 0; after a scan by sign. */
  int negative() {
    return negative;
  }

  private int half(int from) {
    int sum = 0;
    for (int bin = from; bin < from + BINS / 2; bin++) {
      sum += all[bin];
    }
    return sum;
  }

  /** Finds what would stand at two ranks if the numbers were sorted; a rank below 0 is none. */
  void find(int first, int second) {
    rest[0] = first;
    rest[1] = second;
    digit(0, 0, 0, BINS);
    digit(1, 0, 0, BINS);
    team.run(parts, middleTask);
    sum(2 * BINS);
    digit(0, 0, 11, BINS);
    digit(1, BINS, 11, BINS);
    team.run(parts, lowTask);
    sum(2 * BINS);
    for (int rank = 0; rank < 2; rank++) {
      digit(rank, rank * BINS, 10, BINS / 2);
      share(rank);
    }
  }

  /** Finds the {@code positive}-th smallest above 0 and the {@code negative}-th largest below. */
  private void findNearestBySign(int positive, int negative) {
    find(
        positive == 0 || this.positive == 0 ? NONE : allSpecial[0] + positive - 1,
        negative == 0 || this.negative == 0 ? NONE : signless + allSpecial[1] + negative - 1);
  }

  /** Appends a digit to what is known of a rank's key. */
  private void digit(int rank, int from, int bits, int bins) {
    if (rest[rank] < 0) {
      prefix[rank] = NONE;
      return;
    }
    int bin = 0;
    while (rest[rank] >= all[from + bin] && bin < bins - 1) {
      rest[rank] -= all[from + bin++];
    }
    prefix[rank] = bits == 0 ? bin : prefix[rank] << bits | bin;
  }

  /** Gives the marks of equal keys to the first parts. */
  private void share(int rank) {
    int left = rest[rank] + 1;
    for (int part = 0; part < parts; part++) {
      int here =
          rest[rank] < 0
              ? 0
              : Math.min(left, counts[part][rank * BINS + (prefix[rank] & BINS / 2 - 1)]);
      quota[rank][part] = here;
      left -= here;
    }
  }

  /** The number at the first or the second rank. */
  float value(int rank) {
    int key = prefix[rank] ^ order.top;
    return Float.intBitsToFloat(key ^ (key >> 31 & order.flip));
  }

  /** Marks the numbers with the smallest keys. */
  void markSmallest(int count, Bits into) {
    if (count > 0) {
      find(count - 1, NONE);
      marks = into;
      team.run(parts, belowTask);
    }
  }

  /** Marks the numbers of each sign that are nearest to zero; NaN counts as zero. */
  void markNearestBySign(int positive, int negative, boolean zeros, Bits into) {
    findNearestBySign(positive, negative);
    marks = into;
    this.zeros = zeros;
    team.run(parts, bySignTask);
  }

  private void sum(int bins) {
    Arrays.fill(all, 0, bins, 0);
    for (int part = 0; part < parts; part++) {
      add(counts[part], all, bins);
    }
  }

  private static void add(int[] some, int[] all, int bins) {
    for (int bin = 0; bin < bins; bin++) {
      all[bin] += some[bin];
    }
  }

  /** Reads the keys of a block. */
  private static void keys(MemorySegment values, long from, int[] block, int count, Order order) {
    MemorySegment.copy(values, ValueLayout.JAVA_INT, from * Integer.BYTES, block, 0, count);
    int mask = order.mask;
    int flip = order.flip;
    int top = order.top;
    for (int i = 0; i < count; i++) {
      block[i] = (block[i] & mask) ^ (block[i] >> 31 & flip) ^ top;
    }
  }

  private int from(int part) {
    return Parts.from(length, part, parts);
  }

  private void top(int part, int worker) {
    int[] block = blocks[worker];
    Arrays.fill(counts[part], 0, BINS, 0);
    Arrays.fill(special[part], 0);
    int end = from(part + 1);
    for (int from = from(part); from < end; from += Math.min(BLOCK, end - from)) {
      int count = Math.min(BLOCK, end - from);
      keys(values, from, block, count, order);
      countTop(block, count, counts[part]);
      if (order == Order.BY_SIGN) {
        countSpecial(block, count, special[part]);
      }
    }
  }

  private static void countTop(int[] keys, int count, int[] counts) {
    for (int i = 0; i < count; i++) {
      counts[keys[i] >>> 21]++;
    }
  }

  private static void countSpecial(int[] keys, int count, int[] special) {
    for (int i = 0; i < count; i++) {
      int magnitude = keys[i] & Integer.MAX_VALUE;
      if (isSpecial(magnitude)) {
        special[(magnitude == 0 ? 0 : 2) + (keys[i] >>> 31)]++;
      }
    }
  }

  /** Zero or NaN: one comparison for both. */
  private static boolean isSpecial(int magnitude) {
    return magnitude - 1 + Integer.MIN_VALUE >= INFINITY + Integer.MIN_VALUE;
  }

  private void middle(int part, int worker) {
    count(part, worker, 21, 10, BINS - 1);
  }

  private void low(int part, int worker) {
    count(part, worker, 10, 0, BINS / 2 - 1);
  }

  private void count(int part, int worker, int known, int shift, int mask) {
    int[] block = blocks[worker];
    Arrays.fill(counts[part], 0);
    int end = from(part + 1);
    for (int from = from(part); from < end; from += Math.min(BLOCK, end - from)) {
      int count = Math.min(BLOCK, end - from);
      keys(values, from, block, count, order);
      for (int rank = 0; rank < 2; rank++) {
        if (rest[rank] >= 0) {
          count(block, count, prefix[rank], known, shift, mask, rank * BINS, counts[part]);
        }
      }
    }
  }

  private static void count(
      int[] keys, int count, int prefix, int known, int shift, int mask, int base, int[] counts) {
    for (int i = 0; i < count; i++) {
      if (keys[i] >>> known == prefix) {
        counts[base + (keys[i] >>> shift & mask)]++;
      }
    }
  }

  private void below(int part, int worker) {
    int[] block = blocks[worker];
    int limit = prefix[0] + Integer.MIN_VALUE;
    int equal = quota[0][part];
    int end = from(part + 1);
    for (int from = from(part); from < end; from += Math.min(BLOCK, end - from)) {
      int count = Math.min(BLOCK, end - from);
      keys(values, from, block, count, order);
      for (int i = 0; i < count; i += Bits.WORD) {
        long word = 0;
        int bits = Math.min(Bits.WORD, count - i);
        for (int bit = 0; bit < bits; bit++) {
          int key = block[i + bit] + Integer.MIN_VALUE;
          if (key < limit || (key == limit && equal-- > 0)) {
            word |= 1L << bit;
          }
        }
        marks.setWord((from + i) / Bits.WORD, word);
      }
    }
  }

  private void bySign(int part, int worker) {
    int[] block = blocks[worker];
    int positive = rest[0] < 0 ? 0 : prefix[0];
    int negative = rest[1] < 0 ? 0 : prefix[1] & Integer.MAX_VALUE;
    int positiveTies = quota[0][part];
    int negativeTies = quota[1][part];
    int end = from(part + 1);
    for (int from = from(part); from < end; from += Math.min(BLOCK, end - from)) {
      int count = Math.min(BLOCK, end - from);
      keys(values, from, block, count, order);
      for (int i = 0; i < count; i += Bits.WORD) {
        long word = 0;
        int bits = Math.min(Bits.WORD, count - i);
        for (int bit = 0; bit < bits; bit++) {
          int key = block[i + bit];
          int magnitude = key & Integer.MAX_VALUE;
          // Signs lie at random: bit operations, where a branch would be guessed wrong half the
          // time.
          int isNegative = key >> 31;
          int bound = (positive & ~isNegative) | (negative & isNegative);
          long mark = ((long) magnitude - bound) >>> 63;
          if (isSpecial(magnitude)) {
            mark = zeros ? 1 : 0;
          } else if (magnitude == bound) {
            mark = (key >= 0 ? positiveTies-- : negativeTies--) > 0 ? 1 : 0;
          }
          word |= mark << bit;
        }
        marks.setWord((from + i) / Bits.WORD, word);
      }
    }
  }
}
