package dev.rewire.study;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A number that is read from a run at an epoch. */
public enum Measure {
  /** Share of test samples that are classified rightly. */
  TEST_ACCURACY("test accuracy", true, reading -> reading.report().test().accuracy()),
  /** Mean loss of a test sample. */
  TEST_LOSS("test loss", false, reading -> reading.report().test().loss()),
  /** Share of training samples that are classified rightly, each before its step. */
  TRAIN_ACCURACY("train accuracy", true, reading -> reading.report().trainAccuracy()),
  /** Mean loss of a training sample, before its step. */
  TRAIN_LOSS("train loss", false, reading -> reading.report().trainLoss()),
  /** Mean connections of a pixel of the central square of half the side over the mean of all. */
  RATIO("r", false, Reading::ratio),
  /** Polarity index, -1 to 1. */
  POLARITY("polarity", false, Reading::index),
  /** Connections of the network, before an evolution at the end of the epoch. */
  CONNECTIONS("connections", false, reading -> reading.report().connections());

  private final String title;
  private final boolean percent;
  private final ToDoubleFunction<Reading> value;

  Measure(String title, boolean percent, ToDoubleFunction<Reading> value) {
    this.title = title;
    this.percent = percent;
    this.value = value;
  }

  /**
   * Reads the number.
   *
   * @param reading of a run
   * @return the number, NaN if there is none
   */
  public double of(Reading reading) {
    return value.applyAsDouble(reading);
  }

  /**
   * Names it.
   *
   * @return for headings
   */
  public String title() {
    return title;
  }

  /**
   * Names it for programs.
   *
   * @return for example {@code test_accuracy}
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Writes a value as people read it.
   *
   * @param number a value of this measure
   * @return with its unit, or {@code -} for NaN
   */
  public String print(double number) {
    if (Double.isNaN(number)) {
      return "-";
    }
    String format =
        percent
            ? "%.2f %%"
            : switch (this) {
              case RATIO, POLARITY -> "%.3f";
              case CONNECTIONS -> "%,.0f";
              default -> "%.4f";
            };
    return String.format(Locale.ROOT, format, percent ? 100 * number : number);
  }
}
