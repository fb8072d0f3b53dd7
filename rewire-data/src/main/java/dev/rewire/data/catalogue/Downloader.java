package dev.rewire.data.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.Serial;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Downloads files so that a file is either complete and right, or not there.
 *
 * <p>What has come so far is kept in {@code NAME.part}; the next attempt asks only for the rest
 * (RFC 9110, section 14). The finished file is compared with its SHA-256 and then renamed.
 */
public final class Downloader {
  private static final int BLOCK = 1 << 16;
  private static final int ATTEMPTS = 5;
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final Duration patience;

  /** Waits 20 seconds for a server to answer. */
  public Downloader() {
    this(Duration.ofSeconds(20));
  }

  /**
   * Sets how long to wait.
   *
   * @param patience for a server to answer
   */
  public Downloader(Duration patience) {
    this.patience = patience;
  }

  /**
   * Downloads a file, or what is missing of it.
   *
   * @param file what to download
   * @param folder where to; it is made if need be
   * @param progress hears how far it is
   * @return path of the complete file
   * @throws IOException if that fails, with a message that fits into brackets
   */
  public Path fetch(RemoteFile file, Path folder, Progress progress) throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve(file.name() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      lock(channel, part);
      if (channel.size() != file.bytes()) {
        complete(file, channel, progress);
      }
      String actual = Checksum.sha256(channel);
      if (!actual.equals(file.sha256())) {
        channel.truncate(0);
        Files.deleteIfExists(part);
        throw new IOException(
            "what came has the SHA-256 "
                + actual
                + " instead of "
                + file.sha256()
                + " and was deleted");
      }
    }
    Path target = folder.resolve(file.name());
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException e) {
      // Another process, whose lock ended just before this one began, has renamed it already.
      if (!Files.exists(target)) {
        throw e;
      }
    }
    return target;
  }

  private void complete(RemoteFile file, FileChannel channel, Progress progress)
      throws IOException {
    if (channel.size() > file.bytes()) {
      channel.truncate(0);
    }
    IOException last = null;
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      for (int attempt = 0; attempt < ATTEMPTS && channel.size() < file.bytes(); attempt++) {
        long before = channel.size();
        try {
          request(client, file, channel, progress);
        } catch (ServerRefusal e) {
          throw e;
        } catch (IOException e) {
          last = e;
        }
        // Asking again is only worth it while something comes, or after a part that was no good.
        long after = channel.size();
        if (after <= before && !(after == 0 && before > 0)) {
          break;
        }
      }
    }
    if (channel.size() < file.bytes()) {
      String where = channel.size() + " of " + file.bytes() + " bytes are here";
      throw new IOException((last == null ? "it broke off" : reason(last)) + "; " + where, last);
    }
  }

  private void request(HttpClient client, RemoteFile file, FileChannel channel, Progress progress)
      throws IOException {
    long have = channel.size();
    HttpRequest.Builder request = HttpRequest.newBuilder(file.source()).timeout(patience);
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    HttpResponse<InputStream> response;
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    try (InputStream body = response.body()) {
      switch (response.statusCode()) {
        case OK -> channel.truncate(0);
        case PARTIAL -> {
          String range = response.headers().firstValue("Content-Range").orElse("");
          if (!range.startsWith("bytes " + have + "-")) {
            channel.truncate(0);
            throw new IOException("the server sent another part (" + range + ")");
          }
        }
        case RANGE_NOT_SATISFIABLE -> {
          channel.truncate(0);
          throw new IOException("the file on the server is shorter than " + have + " bytes");
        }
        default -> throw new ServerRefusal("HTTP status " + response.statusCode());
      }
      append(file, body, channel, progress);
    }
  }

  private static void append(
      RemoteFile file, InputStream body, FileChannel channel, Progress progress)
      throws IOException {
    byte[] block = new byte[BLOCK];
    long done = channel.size();
    progress.at(file, done, file.bytes());
    // One byte more than expected is enough to see that it is another file.
    while (done <= file.bytes()) {
      int read = body.read(block);
      if (read < 0) {
        return;
      }
      ByteBuffer bytes = ByteBuffer.wrap(block, 0, read);
      while (bytes.hasRemaining()) {
        done += channel.write(bytes, done);
      }
      progress.at(file, Math.min(done, file.bytes()), file.bytes());
    }
  }

  private static void lock(FileChannel channel, Path part) throws IOException {
    boolean free;
    try {
      free = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      free = false;
    }
    if (!free) {
      throw new IOException("somebody else is downloading to " + part);
    }
  }

  private static String reason(IOException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
        return "its host is not known here";
      }
    }
    return switch (failure) {
      case HttpTimeoutException e -> "no answer in time";
      case ConnectException e -> e.getMessage() == null ? "no connection" : e.getMessage();
      default -> failure.getMessage() == null ? "no connection" : failure.getMessage();
    };
  }

  /** An answer that will be the same next time. */
  private static final class ServerRefusal extends IOException {
    @Serial private static final long serialVersionUID = 1;

    ServerRefusal(String message) {
      super(message);
    }
  }
}
