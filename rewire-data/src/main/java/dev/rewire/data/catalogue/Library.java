package dev.rewire.data.catalogue;

import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.digits.Digits;
import dev.rewire.data.idx.IdxPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The published data sets as they lie in the folders of this computer. */
final class Library {
  private final Places places;
  private final Downloader downloader;
  private final Progress progress;

  Library(Places places, Downloader downloader, Progress progress) {
    this.places = places;
    this.downloader = downloader;
    this.progress = progress;
  }

  /**
   * Loads a data set; downloads what no folder has.
   *
   * @param entry which one
   * @return training and test samples
   */
  DatasetPair load(CatalogueEntry entry) {
    if (entry.files().isEmpty()) {
      return Digits.pair(Digits.SEED);
    }
    Path folder = folder(entry);
    Path train = IdxPair.find(folder, IdxPair.TRAIN);
    Path test = IdxPair.find(folder, IdxPair.TEST);
    if (train == null || test == null) {
      throw new IllegalStateException(entry.name() + " is not in MNIST layout: " + entry.files());
    }
    return IdxPair.read(entry.name(), train, test, entry.classNames());
  }

  /**
   * Finds the folder with all files of a data set; downloads what no folder has.
   *
   * @param entry which one, with files
   * @return an existing folder
   */
  Path folder(CatalogueEntry entry) {
    Path folder = entry.files().isEmpty() ? places.cache() : places.find(entry);
    return folder == null ? download(entry) : folder;
  }

  /**
   * Finds the file of a data set that has only one; downloads it if no folder has it.
   *
   * @param entry which one
   * @return an existing file, packed or not
   */
  Path onlyFile(CatalogueEntry entry) {
    RemoteFile file = entry.files().getFirst();
    Path folder = folder(entry);
    Path path = folder.resolve(file.name());
    return Files.isRegularFile(path) ? path : folder.resolve(Places.unpacked(file));
  }

  /**
   * Compares files with their checksums.
   *
   * @param entry which one
   * @return one state a file
   */
  List<FileState> verify(CatalogueEntry entry) {
    Path found = places.find(entry);
    Path folder = found == null ? places.cache().resolve(entry.folder()) : found;
    return entry.files().stream().map(file -> FileState.of(file, folder)).toList();
  }

  private Path download(CatalogueEntry entry) {
    Path folder = places.cache().resolve(entry.folder());
    for (RemoteFile file : entry.files()) {
      if (Places.has(folder, file)) {
        continue;
      }
      try {
        downloader.fetch(file, folder, progress);
      } catch (IOException e) {
        Path first = places.all().getFirst();
        throw new DataException(
            entry.name()
                + " is not in "
                + first
                + " and could not be downloaded from "
                + file.source()
                + " ("
                + e.getMessage()
                + "): copy its "
                + entry.files().size()
                + " files into "
                + first.resolve(entry.folder())
                + " or set "
                + Places.VARIABLE
                + ".",
            e);
      }
    }
    return folder;
  }
}
