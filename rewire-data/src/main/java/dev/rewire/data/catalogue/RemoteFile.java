package dev.rewire.data.catalogue;

import java.net.URI;

/**
 * A file that somebody publishes.
 *
 * @param name of the file, without folder
 * @param source where to get it
 * @param bytes its size
 * @param sha256 its checksum, 64 hexadecimal digits in lower case
 */
public record RemoteFile(String name, URI source, long bytes, String sha256) {
  /** Checks the facts. */
  public RemoteFile {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException("name must be a plain file name: " + name);
    }
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes must be 1 or more: " + bytes);
    }
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("sha256 must have 64 hexadecimal digits: " + sha256);
    }
  }
}
