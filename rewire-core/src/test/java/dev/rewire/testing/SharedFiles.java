package dev.rewire.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reference numbers that lie beside the project, not in it: in a folder {@code shared} next to one
 * of the folders above, or where the environment variable {@code REWIRE_SHARED} says.
 */
public final class SharedFiles {
  private SharedFiles() {}

  /**
   * Reads a file of reference numbers; the calling test is skipped, visibly, when it is missing.
   *
   * @param path below {@code shared/golden}
   * @return its content
   */
  public static JsonNode golden(String path) {
    Path file = shared().resolve("golden").resolve(path);
    assumeTrue(
        Files.isRegularFile(file),
        "no shared/golden/"
            + path
            + " beside the project, and REWIRE_SHARED names no folder of it");
    return JsonMapper.shared().readTree(file.toFile());
  }

  private static Path shared() {
    String named = System.getenv("REWIRE_SHARED");
    if (named != null) {
      return Path.of(named);
    }
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.isDirectory(folder.resolve("shared/golden"))) {
      folder = folder.getParent();
    }
    return folder.resolve("shared");
  }

  /**
   * Reads a list of numbers.
   *
   * @param node a JSON array
   * @return its numbers
   */
  public static double[] numbers(JsonNode node) {
    double[] numbers = new double[node.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = node.get(i).asDouble();
    }
    return numbers;
  }

  /**
   * Reads a list of numbers in single precision.
   *
   * @param node a JSON array
   * @return its numbers
   */
  public static float[] floats(JsonNode node) {
    float[] numbers = new float[node.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) node.get(i).asDouble();
    }
    return numbers;
  }

  /**
   * Reads a list of integers.
   *
   * @param node a JSON array
   * @return its numbers
   */
  public static int[] integers(JsonNode node) {
    int[] numbers = new int[node.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = node.get(i).asInt();
    }
    return numbers;
  }
}
