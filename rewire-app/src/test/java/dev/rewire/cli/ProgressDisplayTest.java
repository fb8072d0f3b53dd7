package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.train.EpochReport;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressDisplayTest {
  private static final Network NETWORK = new NetworkBuilder(2, List.of("a", "b")).build();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLineAnEpochAndOnATerminalItReplacesTheRunningOne(boolean live) {
    StringWriter err = new StringWriter();
    PrintWriter writer = new PrintWriter(err, true);
    Console console = new Console(InputStream.nullInputStream(), writer, writer, live, false);
    ProgressDisplay display = new ProgressDisplay(console, 4, 0, Metrics.TEST);
    display.onStep(1, 50, 200, 0.7);
    display.onStep(1, 200, 200, 0.5);
    display.onEpoch(
        NETWORK,
        new EpochReport(1, 0.5, 0.8, new Evaluation(10, 9, 0.4), 8, 3, 100_000_000, 0, 0, 0, 0));

    List<String> lines = err.toString().lines().filter(line -> line.contains("1/4")).toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst())
        .contains("100%", "2,000", "0.5000", "0.4000", "90.00 %", "3")
        .satisfies(line -> assertThat(line.contains("\u001b[K")).isEqualTo(live));
    assertThat(lines.getFirst().replaceFirst("\r?\u001b\\[K", "")).hasSizeLessThan(80);
  }
}
