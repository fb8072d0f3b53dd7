package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.model.ModelFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A signal to a real process, because a shutdown cannot be taken back in this one. */
@DisabledOnOs(OS.WINDOWS)
class InterruptionTest {
  @Test
  void asksForAnEndWritesEverythingAndExitsWith5(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path digits = Samples.digits(folder.resolve("d"), 200, 50);
    Path out = folder.resolve("run");
    Process process =
        ChildProcess.start(
            "train", digits, "--hidden", "32", "--epochs", "1000000", "--out", out, "--json");
    try (BufferedReader messages =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      String line = messages.readLine();
      while (line != null && !line.contains("2/1000000")) {
        line = messages.readLine();
      }
      assertThat(line).as("progress").isNotNull();
      // unlike Process.destroy, this leaves the streams open
      process.toHandle().destroy();
      // keep reading: a full pipe would hold up the process
      assertThat(messages.lines().toList()).last().asString().contains("rewire resume " + out);
    }
    String result = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(result).contains("\"interrupted\":true");
    assertThat(ModelFile.read(out.resolve("model.safetensors")).steps()).isPositive();
    assertThat(Files.readString(out.resolve("report.html"))).contains("interrupted");
    assertThat(out.resolve("result.json")).doesNotExist();
    // the partial epoch of the interruption is not counted twice
    int epoch = Files.readAllLines(out.resolve("metrics.jsonl")).size() + 1;
    Path peace = folder.resolve("peace");
    Object[] words = {"train", digits, "--hidden", "32", "--epochs", epoch, "--out", peace};
    assertThat(Shell.run(words).code()).isZero();
    assertThat(Shell.run("resume", out, "--epochs", epoch).code()).isZero();
    RunFolders.assertSame(out, peace);
  }
}
