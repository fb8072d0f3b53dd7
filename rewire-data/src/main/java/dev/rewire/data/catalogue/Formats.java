package dev.rewire.data.catalogue;

import dev.rewire.data.DataException;
import dev.rewire.data.arff.Arff;
import dev.rewire.data.cifar.Cifar;
import dev.rewire.data.cifar.CifarArchive;
import dev.rewire.data.format.Beginning;
import dev.rewire.data.format.Format;
import dev.rewire.data.hdf5.Hdf5;
import dev.rewire.data.idx.IdxFormat;
import dev.rewire.data.mat.Mat;
import dev.rewire.data.matrixmarket.MatrixMarket;
import dev.rewire.data.npy.Npy;
import dev.rewire.data.npy.Npz;
import dev.rewire.data.safetensors.Safetensors;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All formats, in the order in which they are asked whether a file is theirs. */
public final class Formats {
  /** Those with a magic number first, then those that are guessed, a table last. */
  private static final List<Format> OWN =
      List.of(
          new IdxFormat(),
          new Mat(),
          new Npy(),
          new Npz(),
          new Hdf5(),
          new Safetensors(),
          new MatrixMarket(),
          new Arff(),
          new CifarArchive(),
          new Cifar(),
          new LibsvmFormat(),
          new CsvFormat());

  private static final List<Format> ALL =
      Stream.concat(
              ServiceLoader.load(Format.class).stream().map(ServiceLoader.Provider::get),
              OWN.stream())
          .toList();

  private Formats() {}

  /**
   * Returns all formats.
   *
   * @return those of the class path first, then Rewire's own
   */
  public static List<Format> all() {
    return ALL;
  }

  /**
   * Recognises the format of a file by its content.
   *
   * @param path an existing file
   * @return the first format that says that the file is its own
   * @throws DataException if there is no such file, it cannot be read, or no format knows it
   */
  public static Format of(Path path) {
    Beginning beginning = Beginning.of(path);
    return ALL.stream()
        .filter(format -> format.recognises(beginning))
        .findFirst()
        .orElseThrow(() -> unknown(beginning));
  }

  private static DataException unknown(Beginning beginning) {
    String reason;
    if (beginning.has(0, "PAR1")) {
      reason = "is a Parquet file: convert it to CSV or NPZ";
    } else if (beginning.has(0, "ARROW1")) {
      reason = "is an Arrow file: convert it to CSV or NPZ";
    } else if (beginning.has(0, "PK\u0003\u0004")) {
      reason = "is a ZIP archive without NumPy arrays: unpack it, or save a sheet as CSV";
    } else if (beginning.bytes()[0] == (byte) 0x80
        && beginning.bytes().length > 1
        && beginning.bytes()[1] <= 5) {
      reason = "is a Python pickle, which is never loaded: save its arrays by numpy.savez";
    } else if (beginning.fileName().endsWith(".mat")) {
      reason = "is no MATLAB file of Level 5 or 7.3: save it by save -v7";
    } else {
      reason =
          "has no known format: give a file in one of "
              + ALL.stream().map(Format::name).collect(Collectors.joining(", "));
    }
    return new DataException(beginning.path() + " " + reason + ".");
  }
}
