package dev.rewire.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps two processes from training in one folder. A process that is killed lets go of it. */
final class RunLock implements Closeable {
  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  static RunLock take(RunFolder folder) throws IOException {
    Path checkpoints = folder.checkpoints().folder();
    FileChannel channel;
    try {
      Files.createDirectories(checkpoints);
      channel =
          FileChannel.open(
              checkpoints.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException failure) {
      throw new IOException(
          "the run folder %s cannot be written to (%s): give write permission, or copy it elsewhere"
              .formatted(folder.path(), Failures.reason(failure)),
          failure);
    }
    boolean taken = false;
    try {
      FileLock lock = lock(channel);
      if (lock == null) {
        throw new UsageException(
            "another process trains in %s: wait for its end or stop it".formatted(folder.path()));
      }
      taken = true;
      return new RunLock(channel);
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException here) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
