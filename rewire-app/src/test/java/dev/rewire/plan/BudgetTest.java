package dev.rewire.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.memory.Floats;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final int BLOCKS = 50_000;
  private static final int LENGTH = 2_500;
  private static final long BYTES = (long) Float.BYTES * BLOCKS * LENGTH;

  /** It is given back block by block, so that one look would see a part of it. */
  @Test
  void allThatNobodyNeedsAnyMoreIsThereAgain() {
    long all = Budget.ofMachine(0, Long.MAX_VALUE).bytes();
    take();
    assertThat(Budget.ofMachine(0, all).bytes()).isGreaterThanOrEqualTo(all);
  }

  @Test
  void whatIsNeededIsTakenOff() {
    long all = Budget.ofMachine(0, Long.MAX_VALUE).bytes();
    Floats[] blocks = take();
    assertThat(Budget.ofMachine(0, all).bytes()).isLessThanOrEqualTo(all - BYTES);
    assertThat(Budget.ofMachine(BYTES, all).bytes()).isLessThanOrEqualTo(all);
    assertThat(blocks).hasSize(BLOCKS);
  }

  private static Floats[] take() {
    return Stream.generate(() -> new Floats(LENGTH)).limit(BLOCKS).toArray(Floats[]::new);
  }
}
