package dev.rewire.data.catalogue;

/** Hears how far a download has come. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress SILENT = (file, done, total) -> {};

  /**
   * Takes note. It is called by the thread that downloads, about once every 64 KiB.
   *
   * @param file which is being downloaded
   * @param done bytes that are here, those of an earlier attempt included
   * @param total bytes of the whole file
   */
  void at(RemoteFile file, long done, long total);
}
