package dev.rewire.data.arff;

import dev.rewire.data.csv.Classes;
import dev.rewire.data.csv.Csv;
import dev.rewire.data.file.TextLines;
import dev.rewire.data.format.Beginning;
import dev.rewire.data.format.Format;
import dev.rewire.data.format.LabelList;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.Samples;
import dev.rewire.dataset.Targets;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the files of Weka, dense or sparse; sparse ones stay sparse. The label is the last
 * attribute unless another is named.
 *
 * <p>A nominal attribute among the features becomes one column if its values are numbers, one of 0
 * and 1 if it has two values, and else one column of 0 and 1 for each value.
 *
 * <p>Source: <a href="https://waikato.github.io/weka-wiki/formats_and_processing/arff_stable/">the
 * format's description</a>.
 */
public final class Arff implements Format {
  /** Makes a reader. */
  public Arff() {}

  @Override
  public String name() {
    return "ARFF";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return beginning.isText() && starts(beginning.text());
  }

  private static boolean starts(String text) {
    for (String line : text.split("\n", -1)) {
      String stripped = line.replaceFirst("^\u00EF\u00BB\u00BF", "").strip();
      if (!stripped.isEmpty() && !stripped.startsWith("%")) {
        return stripped.regionMatches(true, 0, "@relation", 0, 9);
      }
    }
    return false;
  }

  @Override
  public Samples read(Path path, ReadOptions options, Labelling labelling) {
    try (TextLines lines = new TextLines(path)) {
      ArffTable table = ArffTable.read(lines, options);
      String name = Csv.name(path);
      LabelList list = options.labels();
      if (labelling instanceof Labelling.Ignored(List<String> names)) {
        return Samples.of(table.dataset(name, new int[table.size()], names), options);
      }
      Classes classes =
          list == null
              ? table.classes(path.toString(), labelling.head())
              : list.classes(name, table.size(), labelling.head());
      Targets targets = labelling.targets(classes);
      return Samples.of(
          table.dataset(name, new int[table.size()], targets.names()).withTargets(targets),
          options);
    }
  }
}
