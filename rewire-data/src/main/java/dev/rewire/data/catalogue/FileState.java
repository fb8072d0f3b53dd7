package dev.rewire.data.catalogue;

import dev.rewire.data.DataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of a named data set, compared with what its publisher says.
 *
 * @param file which one
 * @param path where it is, or would be
 * @param state what was found
 */
public record FileState(RemoteFile file, Path path, State state) {
  /** What was found. */
  public enum State {
    /** It has the published checksum. */
    RIGHT,
    /** It is there, and another file than the published one. */
    WRONG,
    /** It is there, but unpacked, so that there is no published checksum for it. */
    UNPACKED,
    /** It is not there. */
    MISSING
  }

  static FileState of(RemoteFile file, Path folder) {
    Path path = folder.resolve(file.name());
    if (!Files.isRegularFile(path)) {
      Path unpacked = folder.resolve(Places.unpacked(file));
      boolean there = Files.isRegularFile(unpacked);
      return new FileState(file, there ? unpacked : path, there ? State.UNPACKED : State.MISSING);
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      boolean right =
          channel.size() == file.bytes() && Checksum.sha256(channel).equals(file.sha256());
      return new FileState(file, path, right ? State.RIGHT : State.WRONG);
    } catch (IOException e) {
      throw new DataException(path + " cannot be read: check its permissions.", e);
    }
  }
}
