package dev.rewire.cli;

import dev.rewire.data.DataException;
import dev.rewire.data.array.ArrayEntry;
import dev.rewire.data.array.SparseMatrix;
import dev.rewire.data.npy.Npz;
import dev.rewire.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The layers of a network in a folder of files of {@code scipy.sparse.save_npz}: inputs by outputs,
 * perhaps with a last row of biases, or outputs by inputs. A connection is a stored number other
 * than 0.
 */
final class NpzLayers {
  private static final String ENDING = ".npz";

  private NpzLayers() {}

  /** Says whether a place is a folder with such files and no folder of a run. */
  static boolean are(Path place) throws IOException {
    return Files.isDirectory(place)
        && !Files.exists(place.resolve(RunFolder.MODEL))
        && !files(place).isEmpty();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING))
          .sorted(Comparator.comparingLong(NpzLayers::number).thenComparing(Path::toString))
          .toList();
    }
  }

  /** The last number of a name: weight_l10 comes after weight_l9. */
  private static long number(Path file) {
    String digits =
        String.valueOf(file.getFileName())
            .replaceFirst("\\.npz$", "")
            .replaceFirst("^.*?([0-9]{1,9})$", "$1");
    return digits.matches("[0-9]{1,9}") ? Long.parseLong(digits) : Long.MAX_VALUE;
  }

  static List<Topology> read(Path folder) throws IOException {
    List<Path> files = files(folder);
    List<SparseMatrix> matrices = files.stream().map(NpzLayers::matrix).toList();
    int biases = rowsOfBiases(matrices);
    if (biases >= 0) {
      return matrices.stream().map(matrix -> topology(matrix, biases)).toList();
    }
    for (int l = 1; l < matrices.size(); l++) {
      if (matrices.get(l).columns() != matrices.get(l - 1).rows()) {
        throw new DataException(
            "%s (%d x %d) does not follow %s (%d x %d): the columns of a layer must be the rows of the next one, or one less with a row of biases."
                .formatted(
                    files.get(l),
                    matrices.get(l).rows(),
                    matrices.get(l).columns(),
                    files.get(l - 1).getFileName(),
                    matrices.get(l - 1).rows(),
                    matrices.get(l - 1).columns()));
      }
    }
    return matrices.stream().map(matrix -> topology(matrix.transposed(), 0)).toList();
  }

  /** Finds out by the widths: 0 or 1 where rows are inputs, -1 where they are outputs. */
  private static int rowsOfBiases(List<SparseMatrix> matrices) {
    for (int biases = 0; biases <= 1; biases++) {
      boolean fits = true;
      for (int l = 1; l < matrices.size(); l++) {
        fits &= matrices.get(l).rows() == matrices.get(l - 1).columns() + biases;
      }
      if (fits) {
        return biases;
      }
    }
    return -1;
  }

  private static SparseMatrix matrix(Path file) {
    return new Npz()
        .open(
            file,
            entries -> {
              if (entries.size() == 1 && entries.getFirst() instanceof ArrayEntry.Sparse sparse) {
                return sparse.reader().get();
              }
              throw new DataException(
                  file + " holds no sparse matrix: write it by scipy.sparse.save_npz.");
            });
  }

  private static Topology topology(SparseMatrix matrix, int biases) {
    int inputs = matrix.rows() - biases;
    List<long[]> rows = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      int input = i;
      rows.add(
          LongStream.range(matrix.rowStart()[i], matrix.rowStart()[i + 1])
              .filter(e -> matrix.value()[(int) e] != 0)
              .map(e -> (long) matrix.column()[(int) e] * inputs + input)
              .toArray());
    }
    long[] cells = rows.stream().flatMapToLong(Arrays::stream).sorted().distinct().toArray();
    return Topology.ofCells(inputs, matrix.columns(), cells);
  }
}
