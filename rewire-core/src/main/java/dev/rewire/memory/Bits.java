package dev.rewire.memory;

/**
 * A set of numbers from 0 to {@code length - 1}, one bit each, in native memory that is used again.
 *
 * <p>Threads may write at the same time if their ranges begin at multiples of {@link #WORD}.
 */
public final class Bits implements AutoCloseable {
  /** Bits that are written together. */
  public static final int WORD = Long.SIZE;

  private final Scratch scratch = new Scratch();
  private Longs words = Longs.view(scratch.reserve(0));
  private long length;

  /** Begins as an empty set of numbers below 0. */
  public Bits() {}

  /**
   * Begins again with an empty set.
   *
   * @param length numbers are below this
   */
  public void reset(long length) {
    long bytes = (length + WORD - 1) / WORD * Long.BYTES;
    if (bytes > scratch.bytes()) {
      words = Longs.view(scratch.reserve(bytes));
    } else {
      words.segment().asSlice(0, bytes).fill((byte) 0);
    }
    this.length = length;
  }

  /**
   * Returns the limit of the numbers.
   *
   * @return 0 or more
   */
  public long length() {
    return length;
  }

  /**
   * Says whether a number is in the set.
   *
   * @param number 0 to {@code length - 1}
   * @return true if it is
   */
  public boolean get(long number) {
    return bit(number) != 0;
  }

  /**
   * Says the same as a number, for loops without a branch.
   *
   * @param number 0 to {@code length - 1}
   * @return 1 if it is in the set, 0 if not
   */
  public int bit(long number) {
    return (int) (words.get(number >>> 6) >>> number) & 1;
  }

  /**
   * Finds the next number of the set.
   *
   * @param from where to begin, 0 or more
   * @param limit where to end, at most {@link #length}
   * @return the first one at or after {@code from}, or {@code limit} if there is none below that
   */
  public long next(long from, long limit) {
    long number = from;
    while (number < limit) {
      long word = words.get(number >>> 6) >>> number;
      if (word != 0) {
        return Math.min(number + Long.numberOfTrailingZeros(word), limit);
      }
      number = (number | WORD - 1) + 1;
    }
    return limit;
  }

  /**
   * Adds a number.
   *
   * @param number 0 to {@code length - 1}
   */
  public void set(long number) {
    if (number < 0 || number >= length) {
      throw new IndexOutOfBoundsException("number " + number + " is not below " + length);
    }
    words.set(number / WORD, words.get(number / WORD) | 1L << number);
  }

  /**
   * Takes a mark away.
   *
   * @param number 0 to {@code length - 1}
   */
  public void clear(long number) {
    if (number < 0 || number >= length) {
      throw new IndexOutOfBoundsException("number " + number + " is not below " + length);
    }
    words.set(number / WORD, words.get(number / WORD) & ~(1L << number));
  }

  /**
   * Reads 64 numbers.
   *
   * @param index of the word: numbers from {@code 64 * index} on
   * @return bit 0 is the first of them
   */
  public long word(long index) {
    return words.get(index);
  }

  /**
   * Replaces 64 numbers; those from {@code length} on must stay out.
   *
   * @param index of the word: numbers from {@code 64 * index} on
   * @param word bit 0 is the first of them
   */
  public void setWord(long index, long word) {
    words.set(index, word);
  }

  /**
   * Counts the numbers of a range.
   *
   * @param from first number
   * @param to one past the last number
   * @return how many of them are in the set
   */
  public long count(long from, long to) {
    if (from >= to) {
      return 0;
    }
    long first = from / WORD;
    long last = (to - 1) / WORD;
    long head = -1L << from;
    long tail = -1L >>> -to;
    if (first == last) {
      return Long.bitCount(words.get(first) & head & tail);
    }
    long count = Long.bitCount(words.get(first) & head) + Long.bitCount(words.get(last) & tail);
    for (long index = first + 1; index < last; index++) {
      count += Long.bitCount(words.get(index));
    }
    return count;
  }

  /**
   * Returns how much memory is held.
   *
   * @return bytes
   */
  public long bytes() {
    return scratch.bytes();
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    scratch.close();
    words = Longs.view(scratch.reserve(0));
    length = 0;
  }
}
