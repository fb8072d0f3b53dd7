package dev.rewire.data.csv;

import dev.rewire.memory.Floats;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers of a table while it is read, of which nobody knows yet how many there will be. */
public final class Rows {
  private static final int BLOCK = 1 << 16;

  private final int width;
  private final int rowsOfBlock;
  private final List<float[]> blocks = new ArrayList<>();
  private final @Nullable RowSink sink;
  private int size;

  /**
   * Starts an empty table that keeps its rows.
   *
   * @param width numbers in a row, 1 or more
   */
  public Rows(int width) {
    this(width, null);
  }

  /**
   * Starts an empty table.
   *
   * @param width numbers in a row, 1 or more
   * @param sink takes the rows instead, or null to keep them
   */
  public Rows(int width, @Nullable RowSink sink) {
    this.width = width;
    this.sink = sink;
    this.rowsOfBlock = Math.max(1, BLOCK / width);
  }

  /**
   * Adds a row.
   *
   * @param row {@code width} numbers, copied
   */
  public void add(float[] row) {
    if (sink != null) {
      sink.add(row);
      size++;
      return;
    }
    int place = size % rowsOfBlock;
    if (place == 0) {
      blocks.add(new float[rowsOfBlock * width]);
    }
    System.arraycopy(row, 0, blocks.getLast(), place * width, width);
    size++;
  }

  /**
   * Returns how many rows there are.
   *
   * @return 0 or more
   */
  public int size() {
    return size;
  }

  /**
   * Copies everything.
   *
   * @return row by row
   */
  public Floats toFloats() {
    Floats all = new Floats((long) size * width);
    int left = size;
    long at = 0;
    for (float[] block : blocks) {
      int count = Math.min(left, rowsOfBlock) * width;
      all.copy(block, 0, at, count);
      at += count;
      left -= rowsOfBlock;
    }
    return all;
  }
}
