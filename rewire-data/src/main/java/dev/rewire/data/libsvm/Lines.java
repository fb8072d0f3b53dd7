package dev.rewire.data.libsvm;

import dev.rewire.data.DataException;
import dev.rewire.data.file.Content;
import java.util.Arrays;

/** The lines of a text as bytes, without comments and without white space around them. */
final class Lines {
  private static final int FIRST_ROOM = 1 << 16;
  private static final int MOST_ROOM = 1 << 30;

  private final String file;
  private final Content content;
  private byte[] bytes = new byte[FIRST_ROOM];
  private int next;
  private int filled;
  private boolean complete;
  private long number;
  private int from;
  private int to;

  Lines(String file, Content content) {
    this.file = file;
    this.content = content;
  }

  /**
   * Goes on to the next line that says something.
   *
   * @return false if there is none
   */
  boolean advance() {
    while (true) {
      int end = end();
      if (end < 0) {
        return false;
      }
      number++;
      from = next;
      to = end;
      next = Math.min(end + 1, filled);
      trim();
      if (from < to) {
        return true;
      }
    }
  }

  /** Finds the end of the line that begins at {@code next}, or -1 if no line begins there. */
  private int end() {
    int at = next;
    while (true) {
      for (; at < filled; at++) {
        if (bytes[at] == '\n') {
          return at;
        }
      }
      if (complete) {
        return next < filled ? filled : -1;
      }
      at -= next;
      refill();
    }
  }

  private void refill() {
    filled -= next;
    System.arraycopy(bytes, next, bytes, 0, filled);
    next = 0;
    if (filled == bytes.length) {
      if (bytes.length >= MOST_ROOM) {
        throw new DataException(
            file + ":" + (number + 1) + " is longer than 1 GiB: put each sample on its own line.");
      }
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    int read = content.read(bytes, filled, bytes.length - filled);
    complete = read < bytes.length - filled;
    filled += read;
  }

  private void trim() {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '#') {
        to = i;
      }
    }
    while (from < to && isSpace(bytes[to - 1])) {
      to--;
    }
    while (from < to && isSpace(bytes[from])) {
      from++;
    }
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  /** Returns the number of the line, from 1. */
  long number() {
    return number;
  }

  /** Returns the text; valid until the next call of {@link #advance}. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns where the line begins. */
  int from() {
    return from;
  }

  /** Returns one past where the line ends. */
  int to() {
    return to;
  }
}
