package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.bench.Caches;
import dev.rewire.bench.Scope;
import dev.rewire.bench.Timing;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** The command with layers so small that it takes a moment. */
  private int bench(String... words) {
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            false,
            false);
    Scope tiny =
        new Scope(
            List.of(16, 32),
            List.of(1, 20),
            List.of(0.1, 0.5),
            4,
            128,
            0.5,
            new Timing(0.001, 0.001, 1));
    return new CommandLine(new BenchCommand(console, tiny, new Caches(1 << 17, 1 << 20)))
        .execute(words);
  }

  @Test
  void writesJsonAndAPageAndPrintsTables() throws Exception {
    Path to = folder.resolve("bench");
    assertThat(bench("--out", to.toString(), "--threads", "2")).as(err.toString()).isZero();

    assertThat(out.toString())
        .contains("dense wins from", "weight gradient and update", "reached", "whole step")
        .contains(to.toString());
    assertThat(err.toString()).contains("warming up", "16 x 16, density 10 %", "threads: 2");
    JsonNode json = JsonMapper.builder().build().readTree(to.resolve("bench.json").toFile());
    assertThat(json.propertyNames())
        .contains("machine", "threads", "race", "crossovers", "bandwidths", "ceilings", "out");
    assertThat(json.get("race")).hasSize(2 * 2 * 2);
    assertThat(json.get("race").get(0).propertyNames())
        .containsExactlyInAnyOrder(
            "width", "batch", "density", "sparse_ms", "dense_ms", "speed_up");
    assertThat(json.get("crossovers")).hasSize(4);
    assertThat(json.get("ceilings")).hasSize(9);
    assertThat(json.get("threads_scaling")).hasSize(18);
    page(Files.readString(to.resolve("bench.html")));
  }

  private static void page(String html) throws Exception {
    assertThat(html)
        .doesNotContain("http:", "https:", "<script", "<link", "NaN", "Infinity")
        .contains("prefers-color-scheme", "16 x 16 neurons", "dense is faster", "goal", "Threads");
    // every tag but the empty ones of the head is closed: then it is XML
    String body = html.substring(html.indexOf("<body>"), html.indexOf("</html>"));
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(body)));
    // two widths, the ceilings, the bandwidth, two layers and a network over threads
    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(7);
  }

  @Test
  void oneThreadAndJson() throws IOException {
    Path to = folder.resolve("bench");
    assertThat(bench("--out", to.toString(), "--threads", "1", "--json", "--quiet")).isZero();

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString().strip().lines()).hasSize(1);
    assertThat(out.toString()).isEqualTo(Files.readString(to.resolve("bench.json")));
    assertThat(Files.readString(to.resolve("bench.html"))).contains("one thread only");
  }

  @Test
  void wrongOptions() throws IOException {
    assertThat(Shell.run("bench", "--threads", "0").errors())
        .singleElement()
        .asString()
        .contains("1 or more", "rewire help bench");
    Files.writeString(folder.resolve("file"), "x");
    assertThat(Shell.run("bench", "--out", folder).errors())
        .singleElement()
        .asString()
        .contains("not empty");
  }
}
