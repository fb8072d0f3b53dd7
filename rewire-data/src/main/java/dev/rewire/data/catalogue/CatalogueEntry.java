package dev.rewire.data.catalogue;

import java.util.List;

/**
 * A data set that has a name.
 *
 * @param name what a user types
 * @param title what it is, in a few words
 * @param licence under which it may be used
 * @param trainSamples number of training samples
 * @param testSamples number of test samples
 * @param features of a sample
 * @param classNames one name a class
 * @param files that it consists of in IDX format, or nothing if it is drawn by {@link
 *     dev.rewire.data.digits.Digits}
 */
public record CatalogueEntry(
    String name,
    String title,
    String licence,
    int trainSamples,
    int testSamples,
    int features,
    List<String> classNames,
    List<RemoteFile> files) {
  /** Copies the lists. */
  public CatalogueEntry {
    classNames = List.copyOf(classNames);
    files = List.copyOf(files);
  }

  /**
   * Returns what has to be downloaded.
   *
   * @return bytes of all files, 0 if there are none
   */
  public long bytes() {
    return files.stream().mapToLong(RemoteFile::bytes).sum();
  }
}
