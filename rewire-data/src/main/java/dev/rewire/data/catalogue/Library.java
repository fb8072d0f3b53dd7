package dev.rewire.data.catalogue;

import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.digits.Digits;
import dev.rewire.data.idx.IdxPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

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
    Path folder = find(entry);
    if (folder == null) {
      folder = download(entry);
    }
    Path train = IdxPair.find(folder, IdxPair.TRAIN);
    Path test = IdxPair.find(folder, IdxPair.TEST);
    if (train == null || test == null) {
      throw new IllegalStateException(entry.name() + " is not in MNIST layout: " + entry.files());
    }
    return IdxPair.read(entry.name(), train, test, entry.classNames());
  }

  private @Nullable Path find(CatalogueEntry entry) {
    for (Path place : places.all()) {
      Path folder = place.resolve(entry.name());
      if (entry.files().stream().allMatch(file -> has(folder, file))) {
        return folder;
      }
    }
    return null;
  }

  private static boolean has(Path folder, RemoteFile file) {
    String unpacked = file.name().replaceFirst("\\.gz$", "");
    return Files.isRegularFile(folder.resolve(file.name()))
        || Files.isRegularFile(folder.resolve(unpacked));
  }

  private Path download(CatalogueEntry entry) {
    Path folder = places.cache().resolve(entry.name());
    for (RemoteFile file : entry.files()) {
      if (has(folder, file)) {
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
                + first.resolve(entry.name())
                + " or set "
                + Places.VARIABLE
                + ".",
            e);
      }
    }
    return folder;
  }
}
