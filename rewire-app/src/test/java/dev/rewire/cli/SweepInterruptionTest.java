package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A signal to a sweep in a process of its own: what is finished stays, and the rest can follow. */
@DisabledOnOs(OS.WINDOWS)
class SweepInterruptionTest {
  @Test
  void keepsWhatIsFinishedAndGoesOn(@TempDir Path folder) throws IOException, InterruptedException {
    Path table = Samples.table(folder.resolve("pets.csv"), 60);
    Path out = folder.resolve("sweep");
    // the first run ends at once, the second would take for ever
    List<String> words =
        List.of(
            "sweep",
            table.toString(),
            "--hidden",
            "8",
            "--vary",
            "training.epochs=1,100000000",
            "--out",
            out.toString());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.rewire.cli.Rewire"));
    command.addAll(words);
    Process process = new ProcessBuilder(command).start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader messages =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      String line = messages.readLine();
      while (line != null && !line.startsWith("[1/2]")) {
        line = messages.readLine();
      }
      assertThat(line).as("progress").isNotNull();
      while (!Files.exists(out.resolve("epochs-100000000_seed-0/metrics.jsonl"))) {
        Thread.sleep(20);
      }
      // unlike Process.destroy, this leaves the streams open
      process.toHandle().destroy();
      messages.lines().forEach(rest -> said.append(rest).append('\n'));
    }

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(said).contains("1 of 2 runs are finished", "--out " + out);
    assertThat(Files.readAllLines(out.resolve("runs.csv"))).hasSize(2);
    assertThat(out.resolve("epochs-100000000_seed-0/result.json")).doesNotExist();
    Done rest =
        Shell.run("sweep", table, "--hidden", "8", "--vary", "training.epochs=1,2", "--out", out);
    assertThat(rest.code()).as(rest.err()).isZero();
    assertThat(rest.err()).contains("1 of them are finished already", "[2/2]");
  }
}
