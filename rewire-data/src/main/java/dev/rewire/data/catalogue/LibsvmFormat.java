package dev.rewire.data.catalogue;

import dev.rewire.data.DataException;
import dev.rewire.data.format.Beginning;
import dev.rewire.data.format.Format;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.Samples;
import dev.rewire.data.libsvm.Libsvm;
import dev.rewire.data.libsvm.LibsvmOptions;
import java.nio.file.Path;
import java.util.List;

/** Text with pairs of index and value, kept sparse. */
final class LibsvmFormat implements Format {
  @Override
  public String name() {
    return "LIBSVM";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return beginning.isText() && Libsvm.recognises(beginning.path());
  }

  @Override
  public Samples read(Path path, ReadOptions options, Labelling labels) {
    if (options.labels() != null) {
      throw new DataException(
          path + " has its labels in each line: leave out " + options.labels().file() + ".");
    }
    LibsvmOptions libsvm = options.libsvm();
    Libsvm.Samples samples =
        switch (labels) {
          case Labelling.Found _, Labelling.Known _ -> Libsvm.read(path, libsvm, labels);
          case Labelling.Ignored(List<String> names) -> Libsvm.unlabelled(path, libsvm, names);
        };
    boolean guessed = samples.first() == 0 && libsvm.first() == LibsvmOptions.First.DETECTED;
    return new Samples(
        samples.data(),
        options.withLibsvm(samples.options()),
        guessed
            ? List.of("indices in " + path + " count from 0, because one of them is 0")
            : List.of());
  }
}
