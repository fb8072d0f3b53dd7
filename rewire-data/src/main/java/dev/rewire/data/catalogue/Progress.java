package dev.rewire.data.catalogue;

/** Hears how far a download has come, and what was found in files. */
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

  /**
   * Hears what was found out about a file and should not stay unsaid.
   *
   * @param sentence without a full stop
   */
  default void note(String sentence) {}
}
