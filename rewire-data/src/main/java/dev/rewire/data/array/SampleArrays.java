package dev.rewire.data.array;

import dev.rewire.data.DataException;
import dev.rewire.data.Missing;
import dev.rewire.data.csv.Classes;
import dev.rewire.data.csv.Csv;
import dev.rewire.data.format.ArrayNames;
import dev.rewire.data.format.LabelList;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.Samples;
import dev.rewire.data.format.SamplesIn;
import dev.rewire.dataset.ClassTargets;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.dataset.Targets;
import dev.rewire.memory.Floats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds samples and their classes among the arrays of a file. */
public final class SampleArrays {
  private final Path path;
  private final List<ArrayEntry> entries;
  private final ReadOptions options;
  private final Labelling labelling;
  private final List<String> notes = new ArrayList<>();

  private SampleArrays(
      Path path, List<? extends ArrayEntry> entries, ReadOptions options, Labelling labelling) {
    this.path = path;
    this.entries = List.copyOf(entries);
    this.options = options;
    this.labelling = labelling;
  }

  /**
   * Reads samples. Whether they are the rows or the columns is settled by the number of labels;
   * without labels they are the rows.
   *
   * @param path the file
   * @param entries its arrays
   * @param options which of them are wanted
   * @param labelling where the classes come from
   * @return samples, sparse if their array is sparse
   * @throws DataException if there are no such arrays, or they do not fit together
   */
  public static Samples read(
      Path path, List<? extends ArrayEntry> entries, ReadOptions options, Labelling labelling) {
    SampleArrays arrays = new SampleArrays(path, entries, options, labelling);
    return new Samples(arrays.dataset(), options, arrays.notes);
  }

  /**
   * Reads the labels of a file that has nothing else, or an array with one of the usual names.
   *
   * @param path the file
   * @param entries its arrays
   * @param name of the array, or null
   * @param head what labels are, or null to find out
   * @return one text a sample
   * @throws DataException if it is not clear which array is meant, or it has no labels
   */
  public static LabelList labels(
      Path path, List<? extends ArrayEntry> entries, @Nullable String name, @Nullable Head head) {
    ArrayNames names = new ArrayNames(null, name, null);
    ArrayEntry labels = new ArrayChoice(path, List.copyOf(entries), names).onlyLabels();
    long samples = labels.shape().isEmpty() ? 1 : labels.shape().getFirst();
    return LabelTexts.read(path.toString(), "", labels, samples, head);
  }

  private LoadedDataset dataset() {
    ArrayChoice choice = new ArrayChoice(path, entries, options.arrays());
    ArrayEntry x = choice.samples();
    ArrayEntry y = options.labels() == null ? choice.labels(x) : null;
    boolean ignored = labelling instanceof Labelling.Ignored;
    LabelList fromFile = ignored ? null : options.labels();
    boolean last;
    if (options.samplesIn() != SamplesIn.DETECTED) {
      last = options.samplesIn() == SamplesIn.COLUMNS && x.shape().size() > 1;
    } else if (fromFile != null) {
      last = samplesLast(x, List.of((long) fromFile.texts().size()), fromFile.describe());
    } else if (y != null) {
      last = samplesLast(x, LabelTexts.lengths(y), y.describe());
    } else {
      last = false;
    }
    if (options.arrays().column() != null && fromFile == null && y == null) {
      return withColumn(x);
    }
    if (ignored) {
      return build(x, last, null);
    }
    if (fromFile != null) {
      return build(x, last, fromFile.classes(labelling.head()));
    }
    if (y == null) {
      if (labelling instanceof Labelling.Found(boolean needed, _) && !needed) {
        return build(x, last, null);
      }
      throw choice.noLabels(x);
    }
    long samples = x.shape().get(last ? x.shape().size() - 1 : 0);
    Head head = labelling.head();
    LabelList labels = LabelTexts.read(path.toString(), y.name(), y, samples, head);
    return build(x, last, labels.classes(head));
  }

  private boolean samplesLast(ArrayEntry x, List<Long> labels, String labelled) {
    List<Long> shape = x.shape();
    if (labels.contains(shape.getFirst())) {
      return false;
    }
    if (shape.size() > 1 && labels.contains(shape.getLast())) {
      return true;
    }
    throw new DataException(
        path
            + " has "
            + x.describe()
            + " and the labels "
            + labelled
            + ", which do not fit: give one label for each row or for each column.");
  }

  private LoadedDataset build(ArrayEntry x, boolean last, @Nullable Classes classes) {
    return switch (x) {
      case ArrayEntry.Dense dense -> {
        ArrayEntry.Dense flat = atLeastTwoAxes(dense);
        Floats values = Placement.read(path.toString(), flat, last, options.missing());
        ImageShape image = Placement.image(flat.shape(), last);
        int samples = flat.shape().get(last ? flat.shape().size() - 1 : 0).intValue();
        int width = (int) (values.length() / samples);
        Targets targets = targets(classes, samples);
        yield new InMemoryDataset(
                Csv.name(path), values, width, new int[samples], targets.names(), image)
            .withTargets(targets);
      }
      case ArrayEntry.Sparse sparse -> {
        SparseMatrix matrix = sparse.reader().get();
        SparseMatrix rows = last ? matrix.transposed() : matrix;
        check(sparse, rows);
        Targets targets = targets(classes, rows.rows());
        yield new SparseInMemoryDataset(
                Csv.name(path),
                rows.columns(),
                rows.rowStart(),
                rows.features(),
                rows.values(),
                new int[rows.rows()],
                targets.names())
            .withTargets(targets);
      }
      case ArrayEntry.Text text -> throw noNumbers(text);
      case ArrayEntry.Other other -> throw noNumbers(other);
    };
  }

  /** Makes targets of the labels, and compares their number with that of the samples. */
  private Targets targets(@Nullable Classes classes, int samples) {
    if (classes == null) {
      List<String> names =
          switch (labelling) {
            case Labelling.Known(List<String> known, _) -> known;
            case Labelling.Ignored(List<String> known) -> known;
            case Labelling.Found _ -> Labelling.NO_CLASSES;
          };
      return ClassTargets.of(Csv.name(path), new int[samples], names);
    }
    Targets targets = labelling.targets(classes);
    if (targets.size() != samples) {
      throw new DataException(
          "%s has %d samples, but %d labels: give one label a sample."
              .formatted(path, samples, targets.size()));
    }
    return targets;
  }

  private DataException noNumbers(ArrayEntry x) {
    return new DataException(
        path + " has " + x.describe() + ", which are no numbers: name another array by --x.");
  }

  private static ArrayEntry.Dense atLeastTwoAxes(ArrayEntry.Dense x) {
    return x.shape().size() > 1
        ? x
        : new ArrayEntry.Dense(
            x.name(), List.of(x.shape().getFirst(), 1L), x.type(), x.columnMajor(), x.reader());
  }

  private void check(ArrayEntry.Sparse x, SparseMatrix matrix) {
    for (int k = 0; k < matrix.value().length; k++) {
      float value = matrix.value()[k];
      boolean missing = Float.isNaN(value) && options.missing() != Missing.REFUSE;
      if (!Float.isFinite(value) && !missing) {
        throw new DataException(
            "%s has %s with %s in entry %d, where a finite number must be: %s"
                .formatted(
                    path,
                    x.name(),
                    value,
                    k + 1,
                    Float.isNaN(value)
                        ? "say by --missing what to do about missing values."
                        : "correct or remove that entry."));
      }
    }
  }

  /** Takes the labels out of a column of the samples. */
  private LoadedDataset withColumn(ArrayEntry x) {
    if (!(x instanceof ArrayEntry.Dense dense)
        || x.shape().size() != 2
        || options.samplesIn() == SamplesIn.COLUMNS) {
      throw new DataException(
          path
              + " has "
              + x.describe()
              + ", in which no column can be labels: name them by --y, or give a file by"
              + " --labels.");
    }
    int samples = (int) Math.min(Integer.MAX_VALUE, x.shape().getFirst());
    int width = (int) Math.min(Integer.MAX_VALUE, x.shape().getLast());
    int column = new ArrayChoice(path, entries, options.arrays()).column(width);
    Floats all = Placement.read(path.toString(), dense, false, options.missing());
    Floats features = new Floats((long) samples * (width - 1));
    List<String> texts = new ArrayList<>();
    for (int s = 0; s < samples; s++) {
      long row = (long) s * width;
      texts.add(LabelTexts.text(all.get(row + column)));
      long to = (long) s * (width - 1);
      features.copy(all, row, to, column);
      features.copy(all, row + column + 1, to + column, width - 1 - column);
    }
    Classes classes = null;
    if (!(labelling instanceof Labelling.Ignored)) {
      classes =
          new LabelList(path.toString(), x.name() + ", column " + (column + 1), texts)
              .classes(labelling.head());
    }
    Targets targets = targets(classes, samples);
    return new InMemoryDataset(
            Csv.name(path), features, width - 1, new int[samples], targets.names(), null)
        .withTargets(targets);
  }
}
