package dev.rewire.cli;

import dev.rewire.checkpoint.CheckpointSchedule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a run keeps of itself while it trains. No weight depends on it.
 *
 * @param every when checkpoints are written
 * @param keep how many of them, 1 or more
 * @param best whether the best model is kept too
 * @param history whether changes of the topology are written down
 */
record CheckpointPolicy(CheckpointSchedule every, int keep, boolean best, boolean history) {
  static final CheckpointPolicy DEFAULT =
      new CheckpointPolicy(new CheckpointSchedule.Auto(), 2, false, true);

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("every", every.toString());
    json.put("keep", keep);
    json.put("best", best);
    json.put("history", history);
    return json;
  }

  static CheckpointPolicy of(JsonNode json) {
    return new CheckpointPolicy(
        CheckpointSchedule.of(json.path("every").asString("auto")),
        Math.max(1, json.path("keep").asInt(DEFAULT.keep)),
        json.path("best").asBoolean(false),
        json.path("history").asBoolean(true));
  }
}
