package dev.rewire.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DownloaderTest {
  private static final int SIZE = 300_000;

  @TempDir Path folder;

  private final Downloader downloader = new Downloader(Duration.ofSeconds(10));
  private final byte[] content = new byte[SIZE];
  private final List<Long> heard = new ArrayList<>();
  private Server server;
  private RemoteFile file;
  private Path target;
  private Path part;

  @BeforeEach
  void serve() throws Exception {
    new Random(1).nextBytes(content);
    server = new Server();
    server.files.put("file", content);
    file = new RemoteFile("file.gz", server.uri("file"), SIZE, sha256(content));
    target = folder.resolve("deep").resolve("file.gz");
    part = target.resolveSibling("file.gz.part");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void downloads() throws IOException {
    assertThat(fetch()).isEqualTo(target).hasBinaryContent(content);

    assertThat(part).doesNotExist();
    assertThat(server.requests).containsExactly("/file");
    assertThat(heard).isSorted().startsWith(0L).endsWith((long) SIZE).hasSizeGreaterThan(3);
  }

  @Test
  void resumes() throws IOException {
    havePart(Arrays.copyOf(content, 100_000));

    assertThat(fetch()).hasBinaryContent(content);

    assertThat(server.requests).containsExactly("/file bytes=100000-");
    assertThat(heard).startsWith(100_000L).endsWith((long) SIZE);
  }

  @Test
  void completePartNeedsNoServer() throws IOException {
    havePart(content);
    server.close();

    assertThat(fetch()).hasBinaryContent(content);
    assertThat(server.requests).isEmpty();
  }

  @Test
  void serverIgnoresRange() throws IOException {
    havePart(Arrays.copyOf(content, 100_000));
    server.ignoresRange = true;

    assertThat(fetch()).hasBinaryContent(content);
    assertThat(server.requests).containsExactly("/file bytes=100000-");
  }

  @Test
  void serverSendsAnotherRange() throws IOException {
    havePart(Arrays.copyOf(content, 100_000));
    server.sendsWrongRange = true;

    assertThat(fetch()).hasBinaryContent(content);
    assertThat(server.requests).containsExactly("/file bytes=100000-", "/file");
  }

  @Test
  void partThatIsTooLong() throws IOException {
    havePart(new byte[SIZE + 1]);

    assertThat(fetch()).hasBinaryContent(content);
    assertThat(server.requests).containsExactly("/file");
  }

  @Test
  void brokenTransferGoesOn() throws IOException {
    server.breaksAfter = 160_000;

    assertThat(fetch()).hasBinaryContent(content);
    assertThat(server.requests).hasSize(2);
    assertThat(server.requests.getLast()).startsWith("/file bytes=");
  }

  @Test
  void brokenTransferLeavesAPartForTheNextTime() throws IOException {
    server.breaksAfter = 20_000;

    assertThatThrownBy(this::fetch)
        .isInstanceOf(IOException.class)
        .hasMessageMatching(".+; [0-9]+ of 300000 bytes are here");
    assertThat(target).doesNotExist();
    assertThat(part).exists();
    server.breaksAfter = Integer.MAX_VALUE;
    assertThat(fetch()).hasBinaryContent(content);
  }

  @Test
  void wrongContentIsDeleted() throws IOException {
    byte[] other = content.clone();
    other[5]++;
    server.files.put("file", other);

    assertThatThrownBy(this::fetch)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("instead of " + file.sha256() + " and was deleted")
        .hasMessageContaining(sha256(other));
    assertThat(part).doesNotExist();
    assertThat(target).doesNotExist();
  }

  @Test
  void contentThatIsTooLongOrTooShort() throws IOException {
    server.files.put("file", Arrays.copyOf(content, SIZE + 100_000));
    assertThatThrownBy(this::fetch).hasMessageContaining("and was deleted");
    assertThat(part).doesNotExist();

    server.files.put("file", Arrays.copyOf(content, SIZE - 10));
    assertThatThrownBy(this::fetch).isInstanceOf(IOException.class);
    assertThat(target).doesNotExist();
  }

  @Test
  void serverWithoutTheFile() {
    server.files.clear();

    assertThatThrownBy(this::fetch).isInstanceOf(IOException.class).hasMessage("HTTP status 404");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void nobodyListens() {
    server.close();

    assertThatThrownBy(this::fetch)
        .isInstanceOf(IOException.class)
        .hasMessageMatching("(no connection|Connection refused); 0 of 300000 bytes are here");
  }

  @Test
  void unknownHost() {
    file = new RemoteFile("f", URI.create("http://nowhere.invalid/f"), 10, file.sha256());

    assertThatThrownBy(this::fetch)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("its host is not known here");
  }

  @Test
  void onlyOneAtATime() throws IOException {
    havePart(new byte[0]);
    try (FileChannel other = FileChannel.open(part, StandardOpenOption.WRITE)) {
      other.lock();
      assertThatThrownBy(this::fetch).hasMessageContaining("somebody else is downloading");
    }
    assertThat(fetch()).hasBinaryContent(content);
  }

  private Path fetch() throws IOException {
    return downloader.fetch(
        file,
        target.getParent(),
        (which, done, total) -> {
          assertThat(which).isEqualTo(file);
          assertThat(total).isEqualTo(file.bytes());
          heard.add(done);
        });
  }

  private void havePart(byte[] bytes) throws IOException {
    Files.createDirectories(part.getParent());
    Files.write(part, bytes);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
