package dev.rewire.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.network.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no whole models: one sentence each, and never another exception. */
class DamagedModelTest {
  @TempDir Path folder;
  private Path file;
  private byte[] bytes;
  private int headerEnd;

  @BeforeEach
  void writeAModel() throws IOException {
    file = folder.resolve("model");
    ModelFile.write(ModelFileTest.trained(), file);
    bytes = Files.readAllBytes(file);
    headerEnd = 8 + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** Returns null if the bytes can be read as a network. */
  private IOException problem(byte[] content) throws IOException {
    Files.write(file, content);
    try {
      assertThat(ModelFile.read(file)).isNotNull();
      return null;
    } catch (ModelFormatException expected) {
      assertThat(expected.getMessage()).startsWith(file.toString()).doesNotContain("\n");
      return expected;
    } catch (OutOfMemoryError unchecked) {
      // The test engine would end at once on this one.
      throw new AssertionError("memory was allocated before the file was checked", unchecked);
    }
  }

  @Test
  void cutShortAtAnyLength() throws IOException {
    for (int length = 0; length < bytes.length; length += length < 100 ? 1 : 37) {
      assertThat(problem(Arrays.copyOf(bytes, length))).as("%d bytes", length).isNotNull();
    }
    assertThat(problem(Arrays.copyOf(bytes, bytes.length - 1)))
        .hasMessage(
            "%s is cut short: it has %d bytes, and its contents need %d or more",
            file, bytes.length - 1, bytes.length);
    assertThat(problem(bytes)).isNull();
  }

  @Test
  void aWrongByteIsNoticedOrDoesNoHarm() throws IOException {
    String fingerprint = Fingerprint.of(ModelFile.read(file));
    for (int at = 0; at < headerEnd; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      if (problem(damaged) == null) {
        assertThat(Fingerprint.of(ModelFile.read(file))).as("byte %d", at).isEqualTo(fingerprint);
      }
    }
  }

  @Test
  void aWrongBitOfAWeightOrAConnectionIsNoticed() throws IOException {
    Network network = ModelFile.read(file);
    long layer =
        4L
            * (network.layers().getFirst().topology().rowStart().length()
                + 2 * network.layers().getFirst().weight().length()
                + network.layers().getFirst().bias().length());
    for (int at = headerEnd; at < headerEnd + layer; at += 3) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x20;
      assertThat(problem(damaged)).as("byte %d", at - headerEnd).isNotNull();
    }
  }

  private byte[] headerWith(String from, String to) {
    String header = new String(bytes, 8, headerEnd - 8, StandardCharsets.UTF_8);
    assertThat(header).contains(from);
    byte[] changed = header.replace(from, to).getBytes(StandardCharsets.UTF_8);
    ByteBuffer content =
        ByteBuffer.allocate(8 + changed.length + bytes.length - headerEnd)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(changed.length)
            .put(changed)
            .put(bytes, headerEnd, bytes.length - headerEnd);
    return content.array();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rewire-model | other-model | not a model written by Rewire",
        "\"version\":\"1\" | \"version\":\"3\" | format version 3",
        "layers.1.values\" | layers.1.valuez\" | layers.1.values",
        "F32 | F64 | ",
        "\\\"inputs\\\":9 | \\\"inputs\\\":99999999999 | damaged",
        "\\\"inputs\\\":9 | \\\"inputs\\\":2147483647 | damaged",
        "\\\"inputs\\\":9 | \\\"inputs\\\":-9 | damaged",
        "\\\"inputs\\\":9 | \\\"inputs\\\":8 | ",
        "\\\"inputs\\\":9 | \\\"inputs\\\":\\\"9\\\" | damaged",
        "\\\"image\\\":[3,4,1] | \\\"image\\\":[3,4] | damaged",
        "\\\"image\\\":[3,4,1] | \\\"image\\\":[3,4,0] | damaged",
        "\\\"activation\\\":\\\"relu\\\" | \\\"activation\\\":\\\"rely\\\" | no activation 'rely'",
        "\\\"loss\\\":\\\"cross-entropy\\\" | \\\"loss\\\":7 | damaged",
        "\\\"slots\\\":[\\\"velocity\\\"] | \\\"slots\\\":[\\\"speed\\\"] | speed",
        "\\\"steps\\\":6 | \\\"steps\\\":null | damaged",
        "\\\"layers\\\":[ | \\\"layerz\\\":[ | damaged",
        "data_offsets | data_offsetz | damaged header",
        "data_offsets\":[0, | data_offsets\":[4, | damaged header",
        "data_offsets\":[0, | data_offsets\":[-4, | damaged header",
        "shape\":[10] | shape\":[] | damaged header",
        "shape\":[10] | shape\":[4611686018427387904,4] | damaged header",
        "{ | [ | damaged header"
      })
  void aHeaderThatMakesNoSense(String from, String to, String message) throws IOException {
    assertThat(problem(headerWith(from, to)))
        .isNotNull()
        .hasMessageContaining(message == null ? "model" : message);
  }

  @Test
  void otherFiles() throws IOException {
    assertThat(problem(new byte[0])).hasMessage(file + " is no model file: it has only 0 bytes");
    assertThat(problem("hello, world, this is text".getBytes(StandardCharsets.UTF_8)))
        .hasMessage(file + " is no model file: it does not begin as one");
    byte[] empty = {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'};
    assertThat(problem(empty))
        .hasMessage(file + " is a safetensors file, but not a model written by Rewire");
    byte[] nothing = {4, 0, 0, 0, 0, 0, 0, 0, 'n', 'u', 'l', 'l'};
    assertThat(problem(nothing)).hasMessageContaining("damaged header");
    byte[] deep = new byte[8 + 100_000];
    Arrays.fill(deep, (byte) '[');
    ByteBuffer.wrap(deep).order(ByteOrder.LITTLE_ENDIAN).putLong(100_000);
    assertThat(problem(deep)).hasMessageContaining("damaged header");
  }

  @Test
  void noFileAtAll() {
    assertThatThrownBy(() -> ModelFile.read(folder.resolve("nothing")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("there is no such model file");
    assertThatThrownBy(() -> ModelFile.read(folder)).isInstanceOf(IOException.class);
  }
}
