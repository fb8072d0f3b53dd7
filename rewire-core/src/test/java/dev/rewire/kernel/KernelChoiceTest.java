package dev.rewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.testing.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which kernels a process gets, and what it says about it. */
class KernelChoiceTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** Prints the kernels that were chosen. */
  public static final class Ask {
    private Ask() {}

    /** See the class. */
    public static void main(String[] args) {
      System.out.println(KernelProvider.get().name());
    }
  }

  @Test
  void withTheModuleThereAreVectorsAndNoWarning() {
    ChildJvm.Output output = ChildJvm.run(Ask.class, List.of(MODULE));
    assertThat(output.lines().get(0)).startsWith("vector/");
    assertThat(output.errors()).doesNotContain("scalar");
  }

  @Test
  void withoutTheModuleTheScalarTwinStandsInAndTheLogSaysWhatToAdd() {
    ChildJvm.Output output = ChildJvm.run(Ask.class, List.of());
    assertThat(output.lines().get(0)).isEqualTo("scalar");
    assertThat(output.errors())
        .contains("scalar kernels, several times slower")
        .contains("--add-modules jdk.incubator.vector");
  }

  @Test
  void withoutTheOptimisingCompilerTheScalarTwinStandsIn() {
    for (String option : List.of("-Xint", "-XX:TieredStopAtLevel=1")) {
      ChildJvm.Output output = ChildJvm.run(Ask.class, List.of(MODULE, option));
      assertThat(output.lines().get(0)).isEqualTo("scalar");
      assertThat(output.errors()).contains(option + " switches off the optimising compiler");
    }
  }

  @Test
  void aForcedChoiceThatCannotBeHadFails() {
    ChildJvm.Output output = ChildJvm.run(Ask.class, List.of("-Drewire.kernels=vector"));
    assertThat(output.exitCode()).isNotZero();
    assertThat(output.errors()).contains("vector kernels are forced but impossible");
    output = ChildJvm.run(Ask.class, List.of(MODULE, "-Drewire.kernels=fast"));
    assertThat(output.exitCode()).isNotZero();
    assertThat(output.errors()).contains("rewire.kernels must be scalar or vector: fast");
  }
}
