package dev.rewire.tensorboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of events that TensorBoard finds and reads while it grows. What was added is in the file
 * when the call returns, so a killed process leaves all of it.
 */
final class EventFile {
  private static final Pattern NAME = Pattern.compile("events\\.out\\.tfevents\\.(\\d{1,12})\\..*");

  // event.proto
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  private static final int STATUS = 1;
  private static final int START = 1;

  private final Path path;

  private EventFile(Path path) {
    this.path = path;
  }

  /**
   * Begins a new file beside those of earlier runs, which are left as they are.
   *
   * @param folder made if it does not exist
   * @param firstStep 0, or the first step of a run that goes on: TensorBoard forgets what an
   *     earlier file says about this step and later ones
   * @return the file, with its first record in it
   * @throws IOException if it cannot be written
   */
  static EventFile create(Path folder, long firstStep) throws IOException {
    Files.createDirectories(folder);
    // TensorBoard reads files in the order of their names.
    long newest = newest(folder);
    long second = Math.max(System.currentTimeMillis() / 1000, newest + 1);
    String name =
        "events.out.tfevents.%010d.rewire.%d".formatted(second, ProcessHandle.current().pid());
    Path path = Files.createFile(folder.resolve(name));
    Records records = new Records().add(event(0).text(FILE_VERSION, "brain.Event:2").toByteArray());
    if (newest > 0) {
      Message start = new Message().number(STATUS, START);
      records.add(event(firstStep).message(SESSION_LOG, start).toByteArray());
    }
    Files.write(path, records.toByteArray());
    return new EventFile(path);
  }

  private static long newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> NAME.matcher(String.valueOf(file.getFileName())))
          .filter(Matcher::matches)
          .mapToLong(name -> Long.parseLong(name.group(1)))
          .max()
          .orElse(0);
    }
  }

  /** Adds what there is to say about a step. */
  void add(long step, Summary summary) throws IOException {
    byte[] event = event(step).message(SUMMARY, summary.message()).toByteArray();
    Files.write(path, new Records().add(event).toByteArray(), StandardOpenOption.APPEND);
  }

  private static Message event(long step) {
    return new Message().real(WALL_TIME, System.currentTimeMillis() / 1000.0).number(STEP, step);
  }
}
