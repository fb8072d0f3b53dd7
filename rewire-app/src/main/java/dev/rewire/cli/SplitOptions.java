package dev.rewire.cli;

import dev.rewire.data.DatasetPair;
import dev.rewire.data.Holdout;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.stream.StreamOptions;
import dev.rewire.dataset.Augmentation;
import dev.rewire.dataset.Dataset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** How samples are divided, moved and kept, once it is known where they are. */
final class SplitOptions {
  @Option(
      names = "--validation-fraction",
      paramLabel = "F",
      description =
          "Share of the training samples to set aside and look at after each epoch; the test"
              + " samples are then looked at once, at the end (default: none).")
  @Nullable Double validation;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description =
          "Cross-validation: divide the samples into K parts, with the same share of each class,"
              + " and set part --fold aside instead of --test-fraction. If the data have test"
              + " samples of their own, that part is for validation.")
  @Nullable Integer folds;

  @Option(names = "--fold", paramLabel = "I", description = "Which of the --folds, from 1 to K.")
  @Nullable Integer fold;

  @Option(
      names = "--augment",
      paramLabel = "HOW",
      description =
          "Move pictures while they are learned, anew in each epoch: shift=PIXELS, rotate=DEGREES"
              + " at the most, flip for left and right, separated by commas, as in"
              + " --augment shift=2,rotate=10 (default: none).")
  @Nullable String augment;

  @Option(
      names = "--stream",
      description =
          "Leave the data on the disk and read them in place: unpacked IDX, NPY and CIFAR-10 files"
              + " as they are, CSV and LIBSVM text by way of a file that is made once. This happens"
              + " by itself where the data would take more than half of the heap; no result"
              + " depends on it.")
  boolean stream;

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description = "Folder for the files that --stream makes of text (default: beside the text).")
  @Nullable Path cacheDir;

  /** Checks the options and adds them to what is asked for. */
  DatasetRequest apply(DatasetRequest request) {
    Limit.INSIDE.check("--validation-fraction", validation);
    if ((folds == null) != (fold == null)) {
      throw new UsageException("--folds and --fold belong together: --folds 5 --fold 1");
    }
    if (folds != null && folds < 2) {
      throw new UsageException("--folds must be 2 or more, not " + folds);
    }
    if (folds != null && fold != null && (fold < 1 || fold > folds)) {
      throw new UsageException("--fold must be 1 to %d, not %d".formatted(folds, fold));
    }
    return request
        .withHoldout(
            new Holdout(
                validation == null ? 0 : validation,
                folds == null ? 0 : folds,
                fold == null ? 0 : fold))
        .withStream(new StreamOptions(stream, cacheDir))
        .withAugmentation(augmentation());
  }

  private Augmentation augmentation() {
    try {
      return augment == null ? Augmentation.NONE : Augmentation.of(augment);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException("--augment: " + wrong.getMessage());
    }
  }

  /** The training samples as they will be learned. */
  static Dataset learned(DatasetRequest request, DatasetPair pair) {
    try {
      return request.augmentation().of(pair.train());
    } catch (IllegalArgumentException noPictures) {
      throw new UsageException("--augment: " + noPictures.getMessage());
    }
  }

  /** What a configuration says of all this. */
  static Map<String, @Nullable Object> describe(DatasetRequest request) {
    Map<String, @Nullable Object> words = new LinkedHashMap<>();
    Path cache = request.stream().cacheFolder();
    words.put("validation_fraction", request.holdout().validation());
    words.put("folds", request.holdout().folds());
    words.put("fold", request.holdout().fold());
    words.put("augment", request.augmentation().id());
    words.put("stream", request.stream().always());
    words.put("cache_dir", cache == null ? null : cache.toAbsolutePath().normalize().toString());
    return words;
  }

  /** Reads it back; what an older configuration does not say is as it was then. */
  static DatasetRequest recorded(JsonNode data, DatasetRequest request) {
    JsonNode cache = data.path("cache_dir");
    return request
        .withHoldout(
            new Holdout(
                data.path("validation_fraction").asDouble(0),
                data.path("folds").asInt(0),
                data.path("fold").asInt(0)))
        .withStream(
            new StreamOptions(
                data.path("stream").asBoolean(false),
                cache.isString() ? Path.of(cache.asString()) : null))
        .withAugmentation(Augmentation.of(data.path("augment").asString("none")));
  }
}
