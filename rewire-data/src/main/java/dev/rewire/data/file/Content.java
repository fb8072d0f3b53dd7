package dev.rewire.data.file;

import dev.rewire.data.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file from its first byte to its last. A file that begins like gzip is unpacked,
 * whatever its name is.
 *
 * <p>Every failure comes out as a {@link DataException} that names the file and the offset in its
 * unpacked content.
 */
public final class Content implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  /** Deflate packs at most 1032 bytes into one. */
  public static final int MOST_PACKED = 1032;

  private final Path path;
  private final InputStream stream;
  private final boolean packed;
  private final long size;
  private long offset;

  private Content(Path path, InputStream stream, boolean packed, long size) {
    this.path = path;
    this.stream = stream;
    this.packed = packed;
    this.size = size;
  }

  /**
   * Opens a file.
   *
   * @param path an existing, readable file
   * @return its content, to be closed by the caller
   * @throws DataException if there is no such file, or it cannot be read
   */
  public static Content open(Path path) {
    if (Files.isDirectory(path)) {
      throw new DataException(path + " is a folder: give the path of a file.");
    }
    InputStream file = null;
    try {
      file = new BufferedInputStream(Files.newInputStream(path), BUFFER);
      file.mark(2);
      boolean packed = file.read() == GZIP_FIRST && file.read() == GZIP_SECOND;
      file.reset();
      return new Content(
          path, packed ? new GZIPInputStream(file, BUFFER) : file, packed, Files.size(path));
    } catch (NoSuchFileException e) {
      throw new DataException(path + " does not exist: check the path.", e);
    } catch (AccessDeniedException e) {
      throw new DataException(path + " must not be read: check its permissions.", e);
    } catch (IOException e) {
      closeQuietly(file);
      throw failure(path, 0, e);
    }
  }

  /**
   * Reads how a file begins.
   *
   * @param path an existing, readable file
   * @param count how many bytes to read
   * @return the first bytes of its unpacked content, fewer than {@code count} if it is shorter
   * @throws DataException if there is no such file, or it cannot be read
   */
  public static byte[] beginning(Path path, int count) {
    byte[] bytes = new byte[count];
    try (Content content = open(path)) {
      return Arrays.copyOf(bytes, content.read(bytes, 0, count));
    }
  }

  /**
   * Returns the file.
   *
   * @return its path
   */
  public Path path() {
    return path;
  }

  /**
   * Returns the length of the file.
   *
   * @return bytes as they lie on the disk, packed or not
   */
  public long size() {
    return size;
  }

  /**
   * Limits what a header may promise.
   *
   * @return bytes that are still to come: exact for a plain file, and for a packed one the most
   *     that gzip could have packed into its bytes
   */
  public long most() {
    return (packed ? MOST_PACKED * size : size) - offset;
  }

  /**
   * Returns whether the file is gzip.
   *
   * @return true if it is unpacked on the way
   */
  public boolean packed() {
    return packed;
  }

  /**
   * Returns how far reading has come.
   *
   * @return bytes of unpacked content read so far
   */
  public long offset() {
    return offset;
  }

  /**
   * Reads until an array is full or the content ends. At the end of a gzip file its checksum is
   * compared.
   *
   * @param target receives the bytes
   * @param from where to begin in {@code target}
   * @param count how many bytes to read
   * @return how many were read, less than {@code count} only at the end
   * @throws DataException if the file cannot be read, or is damaged
   */
  public int read(byte[] target, int from, int count) {
    int done = 0;
    try {
      while (done < count) {
        int read = stream.read(target, from + done, count - done);
        if (read < 0) {
          break;
        }
        done += read;
        offset += read;
      }
      return done;
    } catch (IOException e) {
      throw failure(path, offset, e);
    }
  }

  /**
   * Views the rest of the content as a stream whose failures are {@link DataException}s as well.
   *
   * @return a stream; closing it closes this
   */
  public InputStream stream() {
    return new InputStream() {
      @Override
      public int read() {
        byte[] one = new byte[1];
        return Content.this.read(one, 0, 1) == 1 ? one[0] & 0xff : -1;
      }

      @Override
      public int read(byte[] target, int from, int count) {
        int read = Content.this.read(target, from, count);
        return read == 0 && count > 0 ? -1 : read;
      }

      @Override
      public void close() {
        Content.this.close();
      }
    };
  }

  @Override
  public void close() {
    closeQuietly(stream);
  }

  private static void closeQuietly(@Nullable InputStream stream) {
    if (stream == null) {
      return;
    }
    try {
      stream.close();
    } catch (IOException e) {
      // Nothing was written, so nothing can be lost.
    }
  }

  private static DataException failure(Path path, long offset, IOException cause) {
    String place = offset == 0 ? "" : " after byte " + offset + " of its unpacked content";
    return switch (cause) {
      case EOFException e ->
          new DataException(
              path + " is gzip that ends too early" + place + ": copy or download it again.", e);
      case ZipException e ->
          new DataException(
              path
                  + " is damaged gzip ("
                  + e.getMessage()
                  + ")"
                  + place
                  + ": copy or download it again.",
              e);
      default ->
          new DataException(
              path
                  + " cannot be read ("
                  + cause.getMessage()
                  + ")"
                  + place
                  + ": check the file and its disk.",
              cause);
    };
  }
}
