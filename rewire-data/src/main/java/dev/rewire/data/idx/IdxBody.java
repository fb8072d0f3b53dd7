package dev.rewire.data.idx;

import dev.rewire.data.DataException;
import dev.rewire.data.file.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The items of an IDX file, as bytes. */
final class IdxBody {
  private static final int BLOCK = 1 << 18;

  private IdxBody() {}

  /**
   * Reads all items, block by block: a header that promises more than there is costs no more memory
   * than the bytes that are there.
   *
   * @param path for messages
   * @param content just behind the header
   * @param header what it promises
   * @return blocks whose lengths add up to {@code header.bodyBytes()}
   */
  static List<byte[]> read(Path path, Content content, IdxHeader header) {
    long start = content.offset();
    long length = header.bodyBytes();
    if (!content.packed()) {
      checkLength(path, header, start, size(path));
    }
    List<byte[]> blocks = new ArrayList<>();
    for (long left = length; left > 0; ) {
      byte[] block = new byte[(int) Math.min(left, BLOCK)];
      int read = content.read(block, 0, block.length);
      if (read < block.length) {
        checkLength(path, header, start, content.offset());
      }
      blocks.add(block);
      left -= read;
    }
    // Reading on finds what is too much, and lets gzip compare its checksum.
    int surplus = content.read(new byte[1], 0, 1);
    checkLength(path, header, start, start + length + surplus);
    return blocks;
  }

  static void checkLength(Path path, IdxHeader header, long start, long actual) {
    long expected = start + header.bodyBytes();
    if (actual < expected) {
      throw new DataException(
          path
              + " ends at byte "
              + actual
              + ", but its header promises "
              + header.count()
              + " items of "
              + header.itemBytes()
              + (header.itemBytes() == 1 ? " byte" : " bytes")
              + " up to byte "
              + expected
              + ": copy or download the file again.");
    }
    if (actual > expected) {
      throw new DataException(
          path
              + " goes on at byte "
              + expected
              + " where its header says it ends: copy or download the file again.");
    }
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new DataException(path + " cannot be read: check the file and its disk.", e);
    }
  }
}
