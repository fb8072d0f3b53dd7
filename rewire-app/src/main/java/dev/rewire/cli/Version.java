package dev.rewire.cli;

import dev.rewire.kernel.KernelProvider;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** Which Rewire this is, and what it runs on. */
final class Version implements IVersionProvider {
  private static final String RECORD = "/META-INF/maven/dev.rewire/rewire-app/pom.properties";

  private static final String COMMIT = "/dev/rewire/cli/commit.properties";

  /** The version that the build wrote into the jar. */
  static String ofRewire() {
    try (InputStream in = Version.class.getResourceAsStream(RECORD)) {
      if (in == null) {
        return "development";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "development");
    } catch (IOException unreadable) {
      return "development";
    }
  }

  /** The commit that was built, or null if the build did not know. */
  static @Nullable String ofCommit() {
    try (InputStream in = Version.class.getResourceAsStream(COMMIT)) {
      if (in == null) {
        return null;
      }
      Properties properties = new Properties();
      properties.load(in);
      String commit = properties.getProperty("commit", "");
      return commit.isBlank() ? null : commit;
    } catch (IOException unreadable) {
      return null;
    }
  }

  static String ofJava() {
    return Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
  }

  static String ofKernels() {
    return KernelProvider.get().name();
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "rewire " + ofRewire(),
      "java " + ofJava(),
      "kernels " + ofKernels(),
      "%s %s, %d processors"
          .formatted(
              System.getProperty("os.name"),
              System.getProperty("os.arch"),
              Runtime.getRuntime().availableProcessors())
    };
  }
}
