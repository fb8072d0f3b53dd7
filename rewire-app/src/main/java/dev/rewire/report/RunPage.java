package dev.rewire.report;

import dev.rewire.measure.InputConnectivity;
import dev.rewire.microscope.LayerHistory;
import dev.rewire.train.EpochReport;
import java.util.List;
import java.util.Map;

/**
 * What a report tells.
 *
 * @param title name of the data set
 * @param subtitle the network in a few words
 * @param facts the numbers to see first
 * @param epochs one report an epoch
 * @param watched which samples were looked at after each epoch: {@code test} or {@code validation}
 * @param start the first layer before training
 * @param end the first layer after training
 * @param history how the first layer came from the one to the other
 * @param quality of the predictions for the test samples
 * @param settings by section
 * @param next commands to try
 */
public record RunPage(
    String title,
    String subtitle,
    List<Fact> facts,
    List<EpochReport> epochs,
    String watched,
    InputConnectivity start,
    InputConnectivity end,
    LayerHistory history,
    Quality quality,
    Map<String, Map<String, String>> settings,
    List<NextStep> next) {
  /**
   * A number to see first.
   *
   * @param value for example {@code 98.10 %}
   * @param name for example {@code test accuracy}
   */
  public record Fact(String value, String name) {}

  /**
   * A command to try.
   *
   * @param purpose what it shows
   * @param command to be typed as it is
   */
  public record NextStep(String purpose, String command) {}
}
