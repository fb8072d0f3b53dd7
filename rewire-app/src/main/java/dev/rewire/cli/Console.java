package dev.rewire.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a command reads and writes: data to {@code out}, everything said to people while it works
 * to {@code err}.
 *
 * @param in standard input
 * @param out results
 * @param err messages and progress
 * @param live whether a line on {@code err} can be written over
 * @param colour whether {@code out} may have colours
 */
record Console(InputStream in, PrintWriter out, PrintWriter err, boolean live, boolean colour) {

  private static final int OUT = 1;
  private static final int ERR = 2;

  /** UTF-8 whatever the locale says, so that files made by redirection are the same everywhere. */
  static Console ofSystem() {
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    String noColour = System.getenv("NO_COLOR");
    return new Console(
        System.in,
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        !dumb && isTerminal(ERR),
        !dumb && (noColour == null || noColour.isEmpty()) && isTerminal(OUT));
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
  }

  /** Java knows only about input and output together; Linux can be asked for each. */
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    if (Files.isSymbolicLink(link)) {
      try {
        String target = Files.readSymbolicLink(link).toString();
        return target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
      } catch (IOException unreadable) {
        return false;
      }
    }
    java.io.Console both = System.console();
    return both != null && both.isTerminal();
  }

  /** Says something that is not a result. */
  void say(String format, Object... values) {
    err.println(values.length == 0 ? format : format.formatted(values));
    err.flush();
  }
}
