package dev.rewire.cli;

import dev.rewire.dataset.Scaling;
import dev.rewire.layer.Activation;
import dev.rewire.model.DenseModelFile;
import dev.rewire.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a model file of another program does not say about its dense layers. */
final class ForeignOptions {
  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description =
          "Activation function of its hidden neurons, for example relu. With it MODEL is a"
              + " safetensors file of another program: NAME.weight of outputs x inputs and"
              + " NAME.bias for each layer, as PyTorch writes linear layers.")
  @Nullable String activation;

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "NAME,NAME,..",
      description = "Its layers from the input on (default: all, in the order of their names).")
  List<String> layers = new ArrayList<>();

  @Option(
      names = "--divide-by",
      paramLabel = "X",
      description = "What it expects raw features to be divided by, for example 255 (default: 1).")
  @Nullable Double divisor;

  /** Opens a model of ours or of another program. */
  SavedModel open(Path model) throws IOException {
    boolean foreign = Files.isRegularFile(model) && !ModelFile.isOurs(model);
    if (!foreign) {
      if (activation != null || !layers.isEmpty() || divisor != null) {
        throw new UsageException(
            "--activation, --layers and --divide-by are for files of other programs: %s knows its"
                    .formatted(model)
                + " own");
      }
      return SavedModel.open(model);
    }
    if (activation == null) {
      throw new UsageException(
          "%s was written by another program and does not say what its neurons do: add"
                  .formatted(model)
              + " --activation relu or the like");
    }
    Limit.POSITIVE.check("--divide-by", divisor);
    float scale = divisor == null ? 1 : (float) (1 / divisor);
    Activation function;
    try {
      function = Activation.of(activation);
    } catch (IllegalArgumentException unknown) {
      throw new UsageException("--activation: " + unknown.getMessage());
    }
    Scaling scaling = new Scaling(new float[] {0}, new float[] {scale});
    return new SavedModel(
        model, DenseModelFile.read(model, new DenseModelFile.Reading(layers, function, scaling)));
  }
}
