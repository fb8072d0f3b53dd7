package dev.rewire.data.catalogue;

import java.util.List;

/**
 * A data set that has a name.
 *
 * @param name what a user types
 * @param title what it is, in a few words
 * @param licence under which it may be used
 * @param trainSamples number of training samples
 * @param testSamples number of test samples, 0 if they are split off
 * @param features of a sample
 * @param classNames one name a class
 * @param folder where its files are, below each of the {@link Places}
 * @param files that it consists of: four in IDX format, or one of any format; nothing if it is
 *     drawn by {@link dev.rewire.data.digits.Digits}
 */
public record CatalogueEntry(
    String name,
    String title,
    String licence,
    int trainSamples,
    int testSamples,
    int features,
    List<String> classNames,
    String folder,
    List<RemoteFile> files) {
  /** Copies the lists. */
  public CatalogueEntry {
    classNames = List.copyOf(classNames);
    files = List.copyOf(files);
  }

  /**
   * Describes a data set whose folder has its name.
   *
   * @param name what a user types
   * @param title what it is, in a few words
   * @param licence under which it may be used
   * @param trainSamples number of training samples
   * @param testSamples number of test samples, 0 if they are split off
   * @param features of a sample
   * @param classNames one name a class
   * @param files that it consists of
   */
  public CatalogueEntry(
      String name,
      String title,
      String licence,
      int trainSamples,
      int testSamples,
      int features,
      List<String> classNames,
      List<RemoteFile> files) {
    this(name, title, licence, trainSamples, testSamples, features, classNames, name, files);
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
