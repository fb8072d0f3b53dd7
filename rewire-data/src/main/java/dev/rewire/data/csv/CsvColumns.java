package dev.rewire.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.rewire.data.DataException;
import dev.rewire.data.FeatureTable;
import dev.rewire.data.Missing;
import dev.rewire.dataset.Head;
import dev.rewire.memory.Floats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text table whose columns are the samples, as tables of genes have it: a line is a feature, its
 * first field the name of the feature if no line has a number there.
 *
 * @param table the samples
 * @param classes their labels, or null if no line has them
 */
public record CsvColumns(FeatureTable table, @Nullable Classes classes) {
  /**
   * Reads a file.
   *
   * @param path plain or gzip
   * @param options how; its label is a line: by its name (the first field), its number from 1, the
   *     last one, or none
   * @param head what labels are, or null to find out
   * @return one sample or more
   * @throws DataException if the file is missing, damaged, or not such a table
   */
  public static CsvColumns read(Path path, CsvOptions options, @Nullable Head head) {
    return CsvTable.open(
        path, options, (file, records) -> new Lines(file, options, head).read(path, records));
  }

  /** The lines of a file while they are read. */
  private static final class Lines {
    private final String file;
    private final CsvOptions options;
    private final List<String> names = new ArrayList<>();
    private final List<float[]> features = new ArrayList<>();
    private final @Nullable Head head;
    private @Nullable List<String> labels;
    private int labelled;
    private int fields;

    /** Fields before the first value: 1 if lines begin with the name of a feature. */
    private int before;

    private int number;

    Lines(String file, CsvOptions options, @Nullable Head head) {
      this.head = head;
      this.file = file;
      this.options = options;
    }

    CsvColumns read(Path path, Iterator<CsvRecord> records) {
      List<String> first = records.hasNext() ? records.next().getFields() : List.of();
      List<String> second = records.hasNext() ? records.next().getFields() : List.of();
      if (second.isEmpty()) {
        throw new DataException(
            file + " has fewer than two lines: give a file with a line for each feature.");
      }
      fields = second.size();
      before = Numeral.is(second.getFirst()) || Columns.isMissing(second.getFirst()) ? 0 : 1;
      List<String> head = first;
      if (before == 1 && first.size() == fields - 1) {
        head = new ArrayList<>(first);
        head.addFirst("");
      }
      boolean words = head.stream().skip(before).noneMatch(Numeral::is);
      if (words && !isLabel(head, 1, !records.hasNext())) {
        number = 1; // names of samples, or of something else that is not asked for
      } else {
        line(head, false);
      }
      List<String> waiting = second;
      while (records.hasNext()) {
        List<String> next = records.next().getFields();
        line(waiting, false);
        waiting = next;
      }
      line(waiting, true);
      return build(path);
    }

    private boolean isLabel(List<String> line, int at, boolean last) {
      return switch (options.label()) {
        case LabelColumn.None() -> false;
        case LabelColumn.Last() -> last;
        case LabelColumn.Numbered(int wanted) -> at == wanted;
        case LabelColumn.Named(String name) -> line.getFirst().equals(name);
        case LabelColumn.Several(_) ->
            throw new DataException(
                file + " has its samples in columns, where labels are in one line: name one.");
      };
    }

    private void line(List<String> line, boolean last) {
      number++;
      if (line.size() != fields) {
        throw new DataException(
            "%s has %d fields in line %d, but line 2 has %d: make all lines equally long."
                .formatted(file, line.size(), number, fields));
      }
      if (isLabel(line, number, last)) {
        labels = List.copyOf(line.subList(before, fields));
        labelled = number;
        return;
      }
      String name = before == 1 ? line.getFirst() : "";
      if (options.ignored().contains(name)
          || options.ignored().contains(name + "?")
          || options.ignored().contains(Integer.toString(number))) {
        return;
      }
      float[] values = new float[fields - before];
      for (int s = 0; s < values.length; s++) {
        String field = line.get(s + before);
        values[s] = Numeral.parse(field);
        boolean allowed = options.missing() != Missing.REFUSE && Columns.isMissing(field);
        if (Float.isNaN(values[s]) && !allowed) {
          throw new DataException(
              "%s has \"%.40s\" in line %d, field %d, where the value of a feature must be: correct it%s"
                  .formatted(
                      file,
                      field,
                      number,
                      s + before + 1,
                      Columns.isMissing(field)
                          ? ", or say by --missing what to do about it."
                          : ", or say by --label that the line has the classes."));
        }
      }
      names.add(name);
      features.add(values);
    }

    private static String named(LabelColumn line) {
      return switch (line) {
        case LabelColumn.Named(String name) -> name;
        case LabelColumn.Numbered(int number) -> Integer.toString(number);
        case LabelColumn.Last(), LabelColumn.None(), LabelColumn.Several(_) -> "";
      };
    }

    private CsvColumns build(Path path) {
      int samples = fields - before;
      if (features.isEmpty() || samples < 1) {
        throw new DataException(file + " has no features: give a line of numbers for each.");
      }
      Classes classes = null;
      List<String> found = labels;
      if (found != null) {
        classes = new Classes(file, "line " + labelled, "sample", head);
        for (int s = 0; s < samples; s++) {
          classes.add(found.get(s), s + 1L);
        }
      } else if (!(options.label() instanceof LabelColumn.None)) {
        throw new DataException(
            "%s has no line %s for the classes of its columns: give the number of the line, or its first field, by --label."
                .formatted(file, named(options.label())));
      }
      Floats values = new Floats((long) samples * features.size());
      float[] sample = new float[features.size()];
      for (int s = 0; s < samples; s++) {
        for (int f = 0; f < sample.length; f++) {
          sample[f] = features.get(f)[s];
        }
        values.copy(sample, 0, (long) s * sample.length, sample.length);
      }
      boolean distinct = names.stream().distinct().count() == names.size() && before == 1;
      return new CsvColumns(
          new FeatureTable(
              Csv.name(path), values, samples, sample.length, distinct ? names : List.of(), null),
          classes);
    }
  }
}
