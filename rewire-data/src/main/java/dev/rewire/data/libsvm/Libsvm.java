package dev.rewire.data.libsvm;

import dev.rewire.data.file.Content;
import dev.rewire.data.format.Labelling;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.dataset.SparseRows;
import dev.rewire.dataset.Targets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads sparse samples from text files with one line a sample, plain or packed with gzip: {@code
 * label index:value index:value ...}, indices ascending, zeros left out, {@code #} before a
 * comment.
 *
 * <p>Labels are numbers; {@code 1}, {@code +1} and {@code 1.0} are one class. A line may have
 * several labels, separated by commas, or be a sample with none of them. Indices count from 1, or
 * from 0 if that index occurs. {@code qid:} is read over.
 */
public final class Libsvm {
  private static final int BEGINNING = 1 << 16;
  private static final Pattern NAME =
      Pattern.compile("\\.(libsvm|svm|svmlight)(\\.gz)?$", Pattern.CASE_INSENSITIVE);
  private static final Pattern ENDINGS =
      Pattern.compile(
          "(\\.(libsvm|svm|svmlight|txt|data|dat))?(\\.gz)?$", Pattern.CASE_INSENSITIVE);
  private static final Pattern LABEL =
      Pattern.compile("[-+]?[0-9][-+0-9.eE]*(,[-+]?[0-9][-+0-9.eE]*)*");
  private static final Pattern PAIR = Pattern.compile("(qid|[0-9]+):[-+0-9.eE]+");

  private Libsvm() {}

  /**
   * What a file holds.
   *
   * @param data its samples
   * @param first the index of the first feature, 0 or 1
   */
  public record Samples(SparseInMemoryDataset data, int first) {
    /**
     * Returns how another file with the same features must be read.
     *
     * @return as many features, counted in the same way
     */
    public LibsvmOptions options() {
      return new LibsvmOptions(
          data.features(), first == 0 ? LibsvmOptions.First.ZERO : LibsvmOptions.First.ONE);
    }
  }

  /**
   * Says whether a file is of this kind: by its name, or because its first lines are labels with
   * pairs.
   *
   * @param path an existing, readable file
   * @return true if this class is the one to read it
   * @throws dev.rewire.data.DataException if it cannot be read
   */
  public static boolean recognises(Path path) {
    if (NAME.matcher(path.toString()).find()) {
      return true;
    }
    byte[] beginning = new byte[BEGINNING];
    int length;
    try (Content content = Content.open(path)) {
      length = content.read(beginning, 0, BEGINNING);
    }
    String text = new String(beginning, 0, length, StandardCharsets.ISO_8859_1);
    boolean pairs = false;
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].replaceFirst("#.*", "").strip();
      boolean cut = length == BEGINNING && i == lines.length - 1;
      if (line.isEmpty() || (cut && i > 0)) {
        continue;
      }
      String[] words = line.split("[ \\t]+");
      if (!LABEL.matcher(words[0]).matches()) {
        return false;
      }
      for (int k = 1; k < (cut ? words.length - 1 : words.length); k++) {
        if (!PAIR.matcher(words[k]).matches()) {
          return false;
        }
        pairs = true;
      }
    }
    return pairs;
  }

  /**
   * Reads labelled samples. The classes are those found, in the order of their numbers.
   *
   * @param path the file
   * @param options how to read it
   * @return one or more samples, two or more classes
   * @throws dev.rewire.data.DataException if the file is missing, damaged, or not of this kind
   */
  public static Samples read(Path path, LibsvmOptions options) {
    return read(path, options, new Labelling.Found());
  }

  /**
   * Reads labelled samples of known classes, a test file for example.
   *
   * @param path the file
   * @param options how to read it, usually with the features of the training file
   * @param classNames all classes, in order
   * @return one or more samples
   * @throws dev.rewire.data.DataException if the file is missing, damaged, or not of this kind, or
   *     has a class or a feature that is not known
   */
  public static Samples read(Path path, LibsvmOptions options, List<String> classNames) {
    return read(path, options, new Labelling.Known(classNames));
  }

  /**
   * Reads labelled samples whose labels need not be classes: numbers to predict, or labels
   * separated by commas.
   *
   * @param path the file
   * @param options how to read it, usually with the features of the training file
   * @param labelling what labels are, and which are known
   * @return one or more samples
   * @throws dev.rewire.data.DataException if the file is missing, damaged, or not of this kind, or
   *     its labels are not what they should be
   */
  public static Samples read(Path path, LibsvmOptions options, Labelling labelling) {
    LibsvmTable table = LibsvmTable.read(path, options, labelling.head(), new SparseRows());
    Targets targets = labelling.targets(table.classes());
    SparseInMemoryDataset data =
        table.dataset(name(path), new int[table.size()], targets.names()).withTargets(targets);
    return new Samples(data, table.first());
  }

  /**
   * Reads samples whose labels mean nothing, for prediction.
   *
   * @param path the file
   * @param options how to read it, usually with the inputs of the network
   * @param classNames classes of the network
   * @return one or more samples, all with class 0
   * @throws dev.rewire.data.DataException if the file is missing, damaged, or not of this kind
   */
  public static Samples unlabelled(Path path, LibsvmOptions options, List<String> classNames) {
    Labelling ignored = new Labelling.Ignored(classNames);
    LibsvmTable table = LibsvmTable.read(path, options, ignored.head(), new SparseRows());
    return new Samples(table.dataset(name(path), new int[table.size()], classNames), table.first());
  }

  private static String name(Path path) {
    String name = String.valueOf(path.getFileName());
    String plain = ENDINGS.matcher(name).replaceFirst("");
    return plain.isEmpty() ? name : plain;
  }
}
