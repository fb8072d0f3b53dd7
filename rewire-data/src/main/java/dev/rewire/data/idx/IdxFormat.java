package dev.rewire.data.idx;

import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.csv.Csv;
import dev.rewire.data.format.Beginning;
import dev.rewire.data.format.Format;
import dev.rewire.data.format.LabelList;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.Samples;
import dev.rewire.dataset.LoadedDataset;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pictures whose labels and test samples lie beside them, as those of MNIST do. */
public final class IdxFormat implements Format {
  private static final String IMAGES = "\0\0\u0008\u0003";
  private static final String LABELS = "\0\0\u0008\u0001";

  /** Makes a reader. */
  public IdxFormat() {}

  @Override
  public String name() {
    return "IDX";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return beginning.has(0, IMAGES) || beginning.has(0, LABELS);
  }

  /**
   * Says whether a file has labels and no pictures.
   *
   * @param path an existing file
   * @return true for labels
   */
  public static boolean holdsLabels(Path path) {
    return Beginning.of(path).has(0, LABELS);
  }

  @Override
  public Samples read(Path path, ReadOptions options, Labelling labels) {
    if (holdsLabels(path)) {
      throw new DataException(path + " holds labels only: give the IDX file of its images.");
    }
    String name = Csv.name(path);
    LabelList list = options.labels();
    LoadedDataset data =
        switch (labels) {
          case Labelling.Ignored(List<String> names) -> Idx.images(name, path).dataset(names);
          case Labelling.Found _ when list != null -> list.join(Idx.images(name, path), labels);
          case Labelling.Known _ when list != null -> list.join(Idx.images(name, path), labels);
          case Labelling.Found _ -> Idx.read(name, path, Idx.labelsBeside(path));
          case Labelling.Known(List<String> names, _) ->
              Idx.read(name, path, Idx.labelsBeside(path), names);
        };
    return Samples.of(data, options);
  }

  /** Two files are read together, because the classes are those of both. */
  @Override
  public @Nullable DatasetPair readPair(Path path, @Nullable Path test, ReadOptions options) {
    boolean alone = options.labels() != null || holdsLabels(path);
    Path other = test == null ? IdxPair.testBeside(path) : test;
    return alone || other == null || !Beginning.of(other).has(0, IMAGES)
        ? null
        : IdxPair.read(Csv.name(path), path, other, null);
  }
}
