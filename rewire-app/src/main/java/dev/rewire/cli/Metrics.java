package dev.rewire.cli;

import dev.rewire.network.Evaluation;
import dev.rewire.train.EpochReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code metrics.jsonl}: one line an epoch.
 *
 * @param watched which samples are looked at after each epoch: test or validation
 */
record Metrics(String watched) {
  static final Metrics TEST = new Metrics("test");
  static final Metrics VALIDATION = new Metrics("validation");

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final double NANOS = 1e9;

  Map<String, @Nullable Object> line(EpochReport report, long step, int samples) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("epoch", report.epoch());
    line.put("step", step);
    line.put("samples", samples);
    line.put("train_loss", Json.number(report.trainLoss()));
    line.put("train_accuracy", Json.number(report.trainAccuracy()));
    line.put(watched + "_loss", Json.number(report.test().loss()));
    line.put(watched + "_accuracy", Json.number(report.test().accuracy()));
    line.put(watched + "_samples", report.test().samples());
    int correct = report.test().correct();
    line.put(watched + "_correct", correct == Evaluation.NUMBERS ? null : (Integer) correct);
    line.put("connections", report.connections());
    line.put("rewired", report.rewired());
    line.put("seconds_training", report.trainingNanos() / NANOS);
    line.put("seconds_evolution", report.evolutionNanos() / NANOS);
    line.put("seconds_" + watched, report.testNanos() / NANOS);
    line.put("flops", report.flops());
    line.put("bytes", report.bytes());
    return line;
  }

  /**
   * A line that was read back.
   *
   * @param report of the epoch
   * @param step training steps of the network until then
   */
  record Line(EpochReport report, long step) {}

  /** Reads all reports back. */
  static List<EpochReport> read(Path file) throws IOException {
    return read(file, Long.MAX_VALUE);
  }

  /** Reads the reports in the first bytes of a file back. */
  static List<EpochReport> read(Path file, long length) throws IOException {
    return lines(file, length).stream().map(Line::report).toList();
  }

  /** Reads the lines in the first bytes of a file back. */
  static List<Line> lines(Path file, long length) throws IOException {
    List<Line> lines = new ArrayList<>();
    if (!Files.exists(file)) {
      return lines;
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes((int) Math.min(length, Integer.MAX_VALUE));
    }
    for (String text : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      try {
        JsonNode line = JSON.readTree(text);
        lines.add(new Line(report(line), line.path("step").asLong()));
      } catch (JacksonException damaged) {
        throw new IOException(
            "%s is damaged: line %d is no JSON".formatted(file, lines.size() + 1), damaged);
      }
    }
    return lines;
  }

  private static EpochReport report(JsonNode line) {
    String watched = line.has("validation_loss") ? VALIDATION.watched : TEST.watched;
    return new EpochReport(
        line.path("epoch").asInt(),
        line.path("train_loss").asDouble(Double.NaN),
        line.path("train_accuracy").asDouble(Double.NaN),
        new Evaluation(
            line.path(watched + "_samples").asInt(),
            line.path(watched + "_correct").asInt(Evaluation.NUMBERS),
            line.path(watched + "_loss").asDouble(Double.NaN)),
        line.path("connections").asLong(),
        line.path("rewired").asLong(),
        nanos(line, "seconds_training"),
        nanos(line, "seconds_evolution"),
        // lines that were written before it was named by what it is
        nanos(line, line.has("seconds_" + watched) ? "seconds_" + watched : "seconds_test"),
        line.path("flops").asLong(),
        line.path("bytes").asLong());
  }

  private static long nanos(JsonNode line, String key) {
    return Math.round(line.path(key).asDouble() * NANOS);
  }
}
