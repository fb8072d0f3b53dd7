package dev.rewire.cli;

import dev.rewire.data.catalogue.Catalogue;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a data set is called in messages and in names of folders. */
final class Named {
  private static final Pattern ENDINGS =
      Pattern.compile(
          "(\\.(csv|tsv|txt|libsvm|svmlight|svm|mat|npy|npz|arff|mtx|h5|hdf5|safetensors|bin|tar|gz))+$",
          Pattern.CASE_INSENSITIVE);

  private Named() {}

  static boolean is(String data) {
    return Catalogue.standard().find(data).isPresent();
  }

  static String of(String data) {
    if (is(data)) {
      return data;
    }
    Path file = Path.of(data).toAbsolutePath().normalize().getFileName();
    return file == null ? "data" : ENDINGS.matcher(file.toString()).replaceAll("");
  }
}
