package dev.rewire.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Writing a file so that at any moment, also after the power has gone, the old one or the new one
 * is there, and whole: a temporary file beside it, forced onto the disk, takes its name.
 */
public final class AtomicFile {
  /** How names of temporary files end: one that is found was left by a process that was killed. */
  public static final String TEMPORARY = ".tmp";

  private AtomicFile() {}

  /** Writes what a file shall hold. */
  public interface Content {
    /**
     * Writes everything, from the beginning.
     *
     * @param out where to; a write may take fewer bytes than it was given
     * @throws IOException if it cannot be written; the file then stays as it was
     */
    void write(WritableByteChannel out) throws IOException;
  }

  /**
   * Replaces a file.
   *
   * @param path the file; its folder must exist
   * @param content what it shall hold
   * @throws IOException if it cannot be written; it then is as it was
   */
  public static void write(Path path, Content content) throws IOException {
    Path temporary = temporary(path);
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        content.write(channel);
        channel.force(true);
      }
      move(temporary, path);
    } finally {
      Files.deleteIfExists(temporary);
    }
    sync(path.toAbsolutePath().getParent());
  }

  /**
   * Replaces a file by a text.
   *
   * @param path the file; its folder must exist
   * @param text what it shall hold, in UTF-8
   * @throws IOException if it cannot be written; it then is as it was
   */
  public static void write(Path path, String text) throws IOException {
    write(path, out -> writeAll(out, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }

  /**
   * Gives a second name to a file that will not be changed in place: it takes no space. Where a
   * file cannot have two names, it is copied.
   *
   * @param path the new name, replaced if it exists
   * @param existing the file
   * @throws IOException if it cannot be made; the new name then is as it was
   */
  public static void link(Path path, Path existing) throws IOException {
    Path temporary = temporary(path);
    try {
      Files.deleteIfExists(temporary);
      try {
        Files.createLink(temporary, existing);
      } catch (IOException | UnsupportedOperationException noLinks) {
        Files.copy(existing, temporary, StandardCopyOption.REPLACE_EXISTING);
      }
      move(temporary, path);
    } finally {
      Files.deleteIfExists(temporary);
    }
    sync(path.toAbsolutePath().getParent());
  }

  private static Path temporary(Path path) {
    return path.resolveSibling(
        path.getFileName() + "." + ProcessHandle.current().pid() + TEMPORARY);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException unsupported) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Makes the new name durable. Some systems cannot open a folder: there it is theirs to do. */
  private static void sync(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsupported) {
      System.getLogger(AtomicFile.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot sync folder " + folder, unsupported);
    }
  }

  static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
