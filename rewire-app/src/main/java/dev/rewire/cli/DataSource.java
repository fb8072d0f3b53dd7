package dev.rewire.cli;

import dev.rewire.data.catalogue.Datasets;
import dev.rewire.data.catalogue.Places;
import dev.rewire.data.catalogue.Progress;
import dev.rewire.data.catalogue.RemoteFile;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens data and tells of downloads, which can take a while. */
final class DataSource {
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

  private DataSource() {}

  static Datasets open(@Nullable Path dataDir, Console console, boolean quiet) {
    return new Datasets(Places.ofSystem(dataDir), quiet ? Progress.SILENT : new Download(console));
  }

  private static final class Download implements Progress {
    private final Console console;
    private long next = System.nanoTime();

    Download(Console console) {
      this.console = console;
    }

    @Override
    public void note(String sentence) {
      console.say("%s", sentence);
    }

    @Override
    public void at(RemoteFile file, long done, long total) {
      long now = System.nanoTime();
      if (now - next < 0 && done < total) {
        return;
      }
      next = now + INTERVAL;
      String text =
          "downloading %s: %s of %s".formatted(file.name(), Say.bytes(done), Say.bytes(total));
      if (console.live()) {
        console.err().print("\r\u001b[K" + text + (done == total ? "\n" : ""));
        console.err().flush();
      } else {
        console.say("%s", text);
      }
    }
  }
}
