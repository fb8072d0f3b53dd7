package dev.rewire.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs commands inside the test's own process. */
final class Shell {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What a command did. */
  record Done(int code, String out, String err) {
    /** The last line of the output, which has to be JSON. */
    JsonNode json() {
      return JSON.readTree(out.strip().lines().toList().getLast());
    }

    /** The messages but for progress: what went wrong. */
    List<String> errors() {
      return err.lines().filter(line -> line.startsWith("rewire: ")).toList();
    }
  }

  private Shell() {}

  static Done run(Object... words) {
    return run(InputStream.nullInputStream(), words);
  }

  static Done withInput(String input, Object... words) {
    return run(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), words);
  }

  private static Done run(InputStream in, Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(in, new PrintWriter(out, true), new PrintWriter(err, true), false, false);
    String[] args = new String[words.length];
    for (int i = 0; i < args.length; i++) {
      args[i] = words[i].toString();
    }
    int code = Rewire.commandLine(console).execute(args);
    return new Done(code, out.toString(), err.toString());
  }
}
