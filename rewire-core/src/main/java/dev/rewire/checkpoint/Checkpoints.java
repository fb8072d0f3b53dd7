package dev.rewire.checkpoint;

import dev.rewire.model.AtomicFile;
import dev.rewire.model.Checkpoint;
import dev.rewire.model.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a run: a folder with one file a moment, named by the steps of the network.
 *
 * @param folder where they are
 */
public record Checkpoints(Path folder) {
  private static final Pattern NAME = Pattern.compile("step-(\\d{12,})\\.safetensors");
  private static final String DAMAGED = ".damaged";

  /**
   * Writes a checkpoint, then deletes the oldest ones.
   *
   * @param checkpoint the moment
   * @param keep how many to keep, this one included, 1 or more
   * @return its file
   * @throws IOException if it cannot be written; the older ones are then as they were
   */
  public Path write(Checkpoint checkpoint, int keep) throws IOException {
    if (keep < 1) {
      throw new IllegalArgumentException("1 checkpoint or more must be kept: " + keep);
    }
    Files.createDirectories(folder);
    Path file = folder.resolve("step-%012d.safetensors".formatted(checkpoint.network().steps()));
    checkpoint.write(file);
    List<Path> files = files();
    for (Path old : files.subList(Math.min(keep, files.size()), files.size())) {
      Files.deleteIfExists(old);
    }
    return file;
  }

  /**
   * Lists the checkpoints.
   *
   * @return their files, the newest first; empty if there is no folder
   * @throws IOException if the folder cannot be read
   */
  public List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparing(Checkpoints::step).reversed())
          .toList();
    }
  }

  /**
   * Returns the step of a checkpoint by its name.
   *
   * @param file one of {@link #files}
   * @return steps of the network then
   */
  public static long step(Path file) {
    return Long.parseLong(file.getFileName().toString().replaceAll("\\D", ""));
  }

  /**
   * Reads the newest checkpoint that is whole. Damaged ones are put aside under another name, so
   * that they do not count among those that are kept, and what a killed process left is deleted.
   *
   * @param damaged told about each file that is not whole
   * @return the checkpoint, or null if there is none
   * @throws IOException if the folder cannot be read
   */
  public @Nullable Checkpoint newest(Consumer<ModelFormatException> damaged) throws IOException {
    deleteLeftovers();
    for (Path file : files()) {
      try {
        return Checkpoint.read(file);
      } catch (ModelFormatException broken) {
        damaged.accept(broken);
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + DAMAGED),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return null;
  }

  private void deleteLeftovers() throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          if (file.getFileName().toString().endsWith(AtomicFile.TEMPORARY)) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
  }
}
