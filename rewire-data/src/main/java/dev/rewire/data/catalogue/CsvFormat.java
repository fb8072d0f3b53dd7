package dev.rewire.data.catalogue;

import dev.rewire.data.csv.Classes;
import dev.rewire.data.csv.Csv;
import dev.rewire.data.csv.CsvColumns;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.data.format.Beginning;
import dev.rewire.data.format.Format;
import dev.rewire.data.format.LabelList;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.Samples;
import dev.rewire.data.format.SamplesIn;
import dev.rewire.dataset.LoadedDataset;
import java.nio.file.Path;
import java.util.List;

/** Tables of text. Any text is taken for one, because nothing else says that it is. */
final class CsvFormat implements Format {
  @Override
  public String name() {
    return "CSV";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return beginning.isText();
  }

  @Override
  public Samples read(Path path, ReadOptions options, Labelling labels) {
    CsvOptions csv = options.csv().withMissing(options.missing());
    LabelList list = options.labels();
    if (options.samplesIn() == SamplesIn.COLUMNS) {
      return Samples.of(columns(path, csv, options, labels), options);
    }
    if (list != null && !(labels instanceof Labelling.Ignored)) {
      return Samples.of(
          list.join(Csv.features(path, csv.withLabel(options.labelColumn())), labels), options);
    }
    LoadedDataset data =
        switch (labels) {
          case Labelling.Found(boolean needed, _)
              when !needed && csv.label() instanceof LabelColumn.None ->
              Csv.features(path, csv).dataset(Labelling.NO_CLASSES);
          case Labelling.Found _, Labelling.Known _ -> Csv.read(path, csv, labels);
          case Labelling.Ignored(List<String> names) -> Csv.features(path, csv).dataset(names);
        };
    return Samples.of(data, options);
  }

  /** The classes are in the first line, unless another is named. */
  private static LoadedDataset columns(
      Path path, CsvOptions csv, ReadOptions options, Labelling labels) {
    LabelList list = options.labels();
    boolean asked = options.arrays().column() != null;
    boolean none =
        list != null
            || csv.label() instanceof LabelColumn.None
            || (labels instanceof Labelling.Ignored && !asked);
    LabelColumn line =
        none ? new LabelColumn.None() : asked ? csv.label() : new LabelColumn.Numbered(1);
    CsvColumns read = CsvColumns.read(path, csv.withLabel(line), labels.head());
    if (labels instanceof Labelling.Ignored(List<String> names)) {
      return read.table().dataset(names);
    }
    if (list != null) {
      return list.join(read.table(), labels);
    }
    Classes classes = read.classes();
    if (classes == null) {
      return read.table().dataset(Labelling.NO_CLASSES);
    }
    return read.table().targeted(labels.targets(classes));
  }
}
