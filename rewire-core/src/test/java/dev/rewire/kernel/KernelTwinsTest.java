package dev.rewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.testing.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast kernels and the obvious ones give the same bits, on vectors of every width. */
class KernelTwinsTest {
  @Test
  void vectorAndScalarKernelsGiveTheSameBits() {
    assertThat(new KernelTwins(KernelProvider.get(), KernelProvider.scalar()).compare(1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void soTheyDoOnVectorsOfOtherWidths(int bits) {
    ChildJvm.Output output =
        ChildJvm.run(
            KernelTwins.class,
            List.of("--add-modules", "jdk.incubator.vector", "-Drewire.vectorBits=" + bits));
    assertThat(output.lines().get(0)).isEqualTo("vector/" + bits);
    assertThat(Integer.parseInt(output.lines().get(1))).isGreaterThan(1000);
    assertThat(output.lines().get(2)).isEqualTo("same");
  }
}
