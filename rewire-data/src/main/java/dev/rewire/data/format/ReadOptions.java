package dev.rewire.data.format;

import dev.rewire.data.Missing;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.data.libsvm.LibsvmOptions;
import dev.rewire.dataset.Head;
import org.jspecify.annotations.Nullable;

/**
 * What files do not say about themselves.
 *
 * @param csv how tables are read; its label column is that of ARFF files, too
 * @param libsvm how LIBSVM files are read
 * @param arrays which arrays of a file hold the samples and their classes
 * @param labels one label a sample out of a second file, or null
 * @param missing what happens to missing values
 * @param samplesIn which way samples lie in tables of text and in arrays
 * @param head what labels are, or null to find out
 */
public record ReadOptions(
    CsvOptions csv,
    LibsvmOptions libsvm,
    ArrayNames arrays,
    @Nullable LabelList labels,
    Missing missing,
    SamplesIn samplesIn,
    @Nullable Head head) {
  /** Everything is found out, and missing values are refused. */
  public static final ReadOptions DEFAULT =
      new ReadOptions(
          CsvOptions.DEFAULT,
          LibsvmOptions.DEFAULT,
          ArrayNames.DEFAULT,
          null,
          Missing.REFUSE,
          SamplesIn.DETECTED,
          null);

  /**
   * Returns the column of a table that holds the classes.
   *
   * @return none if the labels are in a second file and no column was asked for
   */
  public LabelColumn labelColumn() {
    return labels != null && csv.label() instanceof LabelColumn.Last
        ? new LabelColumn.None()
        : csv.label();
  }

  /**
   * Changes how tables are read.
   *
   * @param changed options
   * @return otherwise equal options
   */
  public ReadOptions withCsv(CsvOptions changed) {
    return new ReadOptions(changed, libsvm, arrays, labels, missing, samplesIn, head);
  }

  /**
   * Changes how LIBSVM files are read.
   *
   * @param changed options
   * @return otherwise equal options
   */
  public ReadOptions withLibsvm(LibsvmOptions changed) {
    return new ReadOptions(csv, changed, arrays, labels, missing, samplesIn, head);
  }

  /**
   * Changes which arrays are read.
   *
   * @param changed names
   * @return otherwise equal options
   */
  public ReadOptions withArrays(ArrayNames changed) {
    return new ReadOptions(csv, libsvm, changed, labels, missing, samplesIn, head);
  }

  /**
   * Changes the labels of a second file.
   *
   * @param changed one label a sample, or null
   * @return otherwise equal options
   */
  public ReadOptions withLabels(@Nullable LabelList changed) {
    return new ReadOptions(csv, libsvm, arrays, changed, missing, samplesIn, head);
  }

  /**
   * Changes what happens to missing values.
   *
   * @param changed policy
   * @return otherwise equal options
   */
  public ReadOptions withMissing(Missing changed) {
    return new ReadOptions(csv, libsvm, arrays, labels, changed, samplesIn, head);
  }

  /**
   * Changes which way samples lie.
   *
   * @param changed in rows or in columns
   * @return otherwise equal options
   */
  public ReadOptions withSamplesIn(SamplesIn changed) {
    return new ReadOptions(csv, libsvm, arrays, labels, missing, changed, head);
  }

  /**
   * Changes what labels are.
   *
   * @param changed classes, labels or numbers, or null to find out
   * @return otherwise equal options
   */
  public ReadOptions withHead(@Nullable Head changed) {
    return new ReadOptions(csv, libsvm, arrays, labels, missing, samplesIn, changed);
  }
}
