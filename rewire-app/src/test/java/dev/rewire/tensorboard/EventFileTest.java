package dev.rewire.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.memory.Floats;
import dev.rewire.tensorboard.EventReader.Counts;
import dev.rewire.tensorboard.EventReader.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records, messages and files, read by a reader that shares nothing with the writer. */
class EventFileTest {
  @TempDir Path folder;

  /** The check value of CRC-32C (RFC 3720), so that the reader of this test is right too. */
  @Test
  void theChecksumOfTheReaderIsThatOfTheStandard() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    int crc = 0xe3069283;
    assertThat(EventReader.masked(digits, 0, 9)).isEqualTo((crc >>> 15 | crc << 17) + 0xa282ead8);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 300, 70_000})
  void recordsOfAnyLength(int length) {
    byte[] data = new byte[length];
    byte[] file = new Records().add(data).add(data).toByteArray();
    assertThat(file).hasSize(2 * (length + 16));
    assertThat(EventReader.masked(file, 0, 8))
        .isEqualTo(
            java.nio.ByteBuffer.wrap(file, 8, 4).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    double begin = System.currentTimeMillis() / 1000.0;
    EventFile file = EventFile.create(folder, 0);
    Floats weights = Floats.of(1f, 2f, 4f, -4f, 0f);
    file.add(
        5,
        new Summary()
            .scalar("loss/train", 0.25)
            .scalar("ü", Double.NaN)
            .histogram("w", Histogram.of(weights))
            .image("map", 28, 300, new byte[] {1, 2, (byte) 200}));
    file.add(1L << 40, new Summary().scalar("loss/train", -1e30));
    List<Event> events = EventReader.read(Files.readAllBytes(files().getFirst()));
    assertThat(events).hasSize(3);
    assertThat(events.get(0).version()).isEqualTo("brain.Event:2");
    assertThat(events.get(0).wallTime()).isBetween(begin, begin + 600);
    Event event = events.get(1);
    assertThat(event.step()).isEqualTo(5);
    assertThat(event.wallTime()).isBetween(begin, begin + 600);
    assertThat(event.scalars()).containsEntry("loss/train", 0.25f).containsEntry("ü", Float.NaN);
    assertThat(event.images().get("map").height()).isEqualTo(28);
    assertThat(event.images().get("map").width()).isEqualTo(300);
    assertThat(event.images().get("map").colours()).isEqualTo(3);
    assertThat(event.images().get("map").png()).containsExactly(1, 2, 200);
    Counts counts = event.histograms().get("w");
    assertThat(counts.min()).isEqualTo(-4);
    assertThat(counts.max()).isEqualTo(4);
    assertThat(counts.num()).isEqualTo(5);
    assertThat(counts.sum()).isEqualTo(3);
    assertThat(counts.squares()).isEqualTo(37);
    assertThat(events.get(2).step()).isEqualTo(1L << 40);
    assertThat(events.get(2).scalars()).containsEntry("loss/train", -1e30f);
  }

  /** A process that is killed leaves the beginning of a file: all events before are there. */
  @Test
  void everyBeginningOfAFileIsReadable() throws IOException {
    EventFile file = EventFile.create(folder, 0);
    for (int step = 1; step <= 3; step++) {
      file.add(step, new Summary().scalar("loss", step));
      byte[] now = Files.readAllBytes(files().getFirst());
      assertThat(EventReader.read(now)).as("at once").hasSize(step + 1);
    }
    byte[] whole = Files.readAllBytes(files().getFirst());
    int last = 0;
    for (int length = 0; length <= whole.length; length++) {
      int events = EventReader.read(Arrays.copyOf(whole, length)).size();
      assertThat(events).isBetween(last, last + 1);
      last = events;
    }
    assertThat(last).isEqualTo(4);
  }

  @Test
  void aRunThatGoesOnBeginsAFileThatComesLaterAndLeavesTheOldOne() throws IOException {
    EventFile first = EventFile.create(folder, 0);
    for (int step = 1; step <= 7; step++) {
      first.add(step, new Summary().scalar("loss", step));
    }
    Path old = files().getFirst();
    byte[] before = Files.readAllBytes(old);
    for (int again = 2; again <= 4; again++) {
      EventFile next = EventFile.create(folder, 6);
      next.add(6, new Summary().scalar("loss", 60));
      assertThat(files()).hasSize(again).first().isEqualTo(old);
      List<Event> events = EventReader.read(Files.readAllBytes(files().getLast()));
      assertThat(events).extracting(Event::version).containsExactly("brain.Event:2", "", "");
      assertThat(events).extracting(Event::start).containsExactly(false, true, false);
      assertThat(events).extracting(Event::step).containsExactly(0L, 6L, 6L);
    }
    assertThat(Files.readAllBytes(old)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1000, 50_000})
  void histogramsCountEveryNumberOnce(int count) {
    SplittableRandom random = new SplittableRandom(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    Histogram histogram = Histogram.of(Floats.of(values));
    assertThat(histogram.limits()).isSorted().doesNotHaveDuplicates();
    double[] expected = new double[histogram.limits().length];
    double sum = 0;
    for (float value : values) {
      int bucket = 0;
      while (bucket < expected.length - 1 && value >= histogram.limits()[bucket]) {
        bucket++;
      }
      expected[bucket]++;
      sum += value;
    }
    Arrays.sort(values);
    assertThat(histogram.least()).isEqualTo(values[0]);
    assertThat(histogram.most()).isEqualTo(values[count - 1]);
    assertThat(histogram.limits()[expected.length - 1]).isEqualTo(values[count - 1]);
    assertThat(histogram.count()).isEqualTo(count);
    assertThat(histogram.sum()).isEqualTo(sum);
    assertThat(Arrays.stream(histogram.counts()).sum()).isEqualTo(count);
    // A number on a limit may be counted on either side of it.
    for (int k = 0; k < expected.length; k++) {
      assertThat(histogram.counts()[k]).isBetween(expected[k] - 1, expected[k] + 1);
    }
  }

  @Test
  void histogramsOfNothingAndOfWhatIsNoNumber() {
    Histogram none = Histogram.of(new Floats(0));
    assertThat(none.count()).isZero();
    assertThat(none.limits()).isEmpty();
    assertThat(none.counts()).isEmpty();
    Histogram one =
        Histogram.of(
            Floats.of(Float.NaN, 3f, Float.POSITIVE_INFINITY, 3f, Float.NEGATIVE_INFINITY));
    assertThat(one.count()).isEqualTo(2);
    assertThat(one.limits()).containsExactly(3);
    assertThat(one.counts()).containsExactly(2);
  }
}
