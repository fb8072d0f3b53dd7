package dev.rewire.cli;

import dev.rewire.kernel.KernelProvider;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which Rewire this is, and what it runs on. */
final class Version implements IVersionProvider {
  private static final String RECORD = "/META-INF/maven/dev.rewire/rewire-app/pom.properties";

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
