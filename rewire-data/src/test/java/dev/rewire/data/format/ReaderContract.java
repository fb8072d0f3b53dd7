package dev.rewire.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rewire.data.DataException;
import dev.rewire.dataset.LoadedDataset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every reader has to do, proved on one small file: read it, plain and packed, and answer
 * whatever is wrong with a {@link DataException} that names the file. Extend it to test a format of
 * your own.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // a reader that hangs, not one that is slow
public abstract class ReaderContract {
  private static final int FLIPS = 2000;
  private static final long MULTIPLE = 4 * 1032;
  private static final long ROOM = 1 << 20;

  @TempDir Path folder;

  /**
   * What a file holds.
   *
   * @param values one row a sample
   * @param labels name of the class of each sample
   * @param classes all classes in order
   */
  public record Facts(float[][] values, List<String> labels, List<String> classes) {}

  /**
   * Makes the reader.
   *
   * @return a new one
   */
  protected abstract Format format();

  /**
   * Returns the name of the file, because some readers look beside it.
   *
   * @return a plain name
   */
  protected abstract String fileName();

  /**
   * Returns a file of a few thousand bytes at most.
   *
   * @return its content, not packed
   */
  protected abstract byte[] content() throws IOException;

  /**
   * Returns what is in the file.
   *
   * @return all of it
   */
  protected abstract Facts facts();

  /**
   * Returns how the file is to be read.
   *
   * @return options, those of everybody unless overridden
   */
  protected ReadOptions options() {
    return ReadOptions.DEFAULT;
  }

  /**
   * Puts down what has to lie beside the file.
   *
   * @param place the folder of the file
   */
  protected void prepare(Path place) throws IOException {}

  /**
   * Says whether a part of a file can be a whole file, as with lines of text.
   *
   * @return false unless overridden: every cut has to be noticed
   */
  protected boolean cutMayPass() {
    return false;
  }

  private Path write(byte[] bytes) throws IOException {
    prepare(folder);
    return Files.write(folder.resolve(fileName()), bytes);
  }

  private LoadedDataset read(Path path) {
    return format().read(path, options(), new Labelling.Found()).data();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void readsWhatIsInTheFile() throws IOException {
    check(read(write(content())));
  }

  @Test
  void readsItPacked() throws IOException {
    check(read(write(gzip(content()))));
  }

  private void check(LoadedDataset data) {
    Facts facts = facts();
    assertThat(data.classNames()).isEqualTo(facts.classes());
    assertThat(data.size()).isEqualTo(facts.values().length);
    List<String> labels = new ArrayList<>();
    for (int s = 0; s < data.size(); s++) {
      assertThat(data.sample(s)).as("sample " + s).isEqualTo(facts.values()[s]);
      labels.add(data.classNames().get(data.label(s)));
    }
    assertThat(labels).isEqualTo(facts.labels());
  }

  @Test
  void recognisesTheFileByItsContent() throws IOException {
    assertThat(format().recognises(Beginning.of(write(content())))).isTrue();
    assertThat(format().recognises(Beginning.of(write(gzip(content()))))).isTrue();
    byte[] other = {(byte) 0xff, (byte) 0xfe, 0, 1, 2, 3, 4, 5};
    assertThat(format().recognises(Beginning.of(write(other)))).isFalse();
  }

  @Test
  void leavesLabelsOutWhenTheyAreNotNeeded() throws IOException {
    List<String> names = List.of("one", "two");
    LoadedDataset data =
        format().read(write(content()), options(), new Labelling.Ignored(names)).data();

    assertThat(data.size()).isEqualTo(facts().values().length);
    assertThat(data.classNames()).isEqualTo(names);
    for (int s = 0; s < data.size(); s++) {
      assertThat(data.label(s)).isZero();
    }
  }

  @Test
  void keepsTheOrderOfKnownClasses() throws IOException {
    List<String> turned = facts().classes().reversed();
    LoadedDataset data =
        format().read(write(content()), options(), new Labelling.Known(turned)).data();

    assertThat(data.classNames()).isEqualTo(turned);
    assertThat(data.size()).isEqualTo(facts().values().length);
  }

  @Test
  void noticesEveryCut() throws IOException {
    byte[] whole = content();
    for (int length = 0; length < whole.length; length++) {
      boolean read = attempt(Arrays.copyOf(whole, length), "cut to " + length + " bytes");
      if (read && !cutMayPass()) {
        fail("%s: cut to %d of %d bytes and not noticed", fileName(), length, whole.length);
      }
    }
  }

  @Test
  void noticesEveryCutOfAPackedFile() throws IOException {
    byte[] whole = gzip(content());
    // Shorter than its own magic number it is no gzip file.
    for (int length = 2; length < whole.length; length++) {
      if (attempt(Arrays.copyOf(whole, length), "packed and cut to " + length + " bytes")) {
        fail("%s: packed, cut to %d of %d bytes and not noticed", fileName(), length, whole.length);
      }
    }
  }

  @Test
  void survivesDamage() throws IOException {
    byte[] whole = content();
    Random random = new Random(4);
    for (int round = 0; round < FLIPS; round++) {
      byte[] damaged = whole.clone();
      StringBuilder what = new StringBuilder("round " + round);
      for (int i = random.nextInt(3); i >= 0; i--) {
        int at = random.nextInt(damaged.length);
        damaged[at] = damage(damaged[at], random);
        what.append(", byte ").append(at).append(" = ").append(damaged[at] & 0xff);
      }
      attempt(damaged, what.toString());
    }
  }

  private static byte damage(byte old, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> (byte) (old ^ 1 << random.nextInt(8));
      case 1 -> (byte) 0xff;
      case 2 -> (byte) 0x7f;
      default -> (byte) random.nextInt(256);
    };
  }

  @Test
  void survivesMissingPieces() throws IOException {
    byte[] whole = content();
    Random random = new Random(5);
    for (int round = 0; round < FLIPS / 10; round++) {
      int from = random.nextInt(whole.length);
      int to = Math.min(whole.length, from + 1 + random.nextInt(16));
      byte[] shorter = new byte[whole.length - (to - from)];
      System.arraycopy(whole, 0, shorter, 0, from);
      System.arraycopy(whole, to, shorter, from, whole.length - to);
      attempt(shorter, "without bytes " + from + " to " + to);
    }
  }

  /** Reads a damaged file; whatever comes out has to be a data set, or the right exception. */
  private boolean attempt(byte[] bytes, String what) throws IOException {
    Path path = write(bytes);
    LoadedDataset data;
    try {
      data = read(path);
    } catch (DataException expected) {
      assertThat(expected).as(what).hasMessageContaining(fileName().replaceFirst("\\..*", ""));
      return false;
    } catch (RuntimeException | Error wrong) {
      throw new AssertionError(fileName() + ", " + what + ": " + wrong, wrong);
    }
    assertThat(data.size()).as(what).isPositive();
    assertThat(data.features()).as(what).isPositive();
    assertThat(data.bytes()).as(what).isLessThan(MULTIPLE * bytes.length + ROOM);
    for (int s = 0; s < data.size(); s++) {
      assertThat(data.label(s)).as(what).isBetween(0, data.classNames().size() - 1);
      assertThat(data.feature(s, data.features() - 1)).as(what).isNotNaN();
    }
    return true;
  }
}
