package dev.rewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.memory.Floats;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Samples turned into rows, against the formula; what lies around the rows stays as it is. */
class TurnTest {
  private static final List<Kernels> BOTH = List.of(KernelProvider.get(), KernelProvider.scalar());

  @ParameterizedTest
  @CsvSource({"1,1", "7,9", "8,8", "8,40", "13,16", "19,23", "64,33", "64,98"})
  void everyRowHasOneFeatureOfAllSamples(int count, int features) {
    int first = 4;
    int width = count + 2;
    int before = 2;
    Floats samples = new Floats(before + count * features);
    for (int i = 0; i < samples.length(); i++) {
      samples.set(i, i * 0.37f);
    }
    float[] shift = new float[first + features];
    float[] scale = new float[first + features];
    for (int f = 0; f < shift.length; f++) {
      shift[f] = f;
      scale[f] = 1f / (1 + f);
    }
    for (Kernels kernels : BOTH) {
      for (boolean each : new boolean[] {true, false}) {
        int length = 3 + features * width;
        Floats rows = new Floats(length);
        rows.fill(0, length, -1f);
        kernels.turn(
            samples,
            before,
            count,
            features,
            each ? shift : new float[] {2},
            each ? scale : new float[] {0.3f},
            first,
            rows,
            3,
            width);

        for (int i = 0; i < features; i++) {
          for (int b = 0; b < width; b++) {
            float raw = b < count ? samples.get(before + b * features + i) : 0;
            float scaled = each ? (raw - shift[first + i]) * scale[first + i] : (raw - 2) * 0.3f;
            assertThat(rows.get(3 + (long) i * width + b)).isEqualTo(b < count ? scaled : -1f);
          }
        }
        assertThat(rows.get(2)).isEqualTo(-1f);
      }
    }
  }
}
