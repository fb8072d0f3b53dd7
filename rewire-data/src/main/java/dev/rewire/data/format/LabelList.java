package dev.rewire.data.format;

import dev.rewire.data.DataException;
import dev.rewire.data.FeatureTable;
import dev.rewire.data.csv.Classes;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.InMemoryDataset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One label a sample.
 *
 * @param file where they are from, for messages
 * @param place where in the file, for messages, perhaps empty
 * @param texts the labels, in the order of the samples
 * @param columns names of the columns of an array that has several values a sample, which are
 *     joined by commas; else empty
 */
public record LabelList(String file, String place, List<String> texts, List<String> columns) {
  /** Copies the lists. */
  public LabelList {
    texts = List.copyOf(texts);
    columns = List.copyOf(columns);
  }

  /**
   * Lists labels of one value each.
   *
   * @param file where they are from, for messages
   * @param place where in the file, for messages, perhaps empty
   * @param texts the labels, in the order of the samples
   */
  public LabelList(String file, String place, List<String> texts) {
    this(file, place, texts, List.of());
  }

  /**
   * Describes the list in a message.
   *
   * @return for example {@code y.csv (120 labels)}
   */
  public String describe() {
    return file + " (" + texts.size() + " labels)";
  }

  /**
   * Finds the classes.
   *
   * @param head what labels are, or null to find out
   * @return the labels as a column
   * @throws dev.rewire.data.DataException if one of them is empty
   */
  public Classes classes(@Nullable Head head) {
    Classes classes =
        new Classes(file, place.isEmpty() ? "its labels" : place, "sample", head)
            .ofColumns(columns);
    for (int i = 0; i < texts.size(); i++) {
      classes.add(texts.get(i).strip(), i + 1L);
    }
    return classes;
  }

  /**
   * Finds the classes of samples of another file.
   *
   * @param name of the other file
   * @param samples how many it has
   * @param head what labels are, or null to find out
   * @return the labels as a column
   * @throws DataException if there are not as many labels, or one of them is empty
   */
  public Classes classes(String name, int samples, @Nullable Head head) {
    if (texts.size() != samples) {
      throw new DataException(
          "%s has %d samples, but there are %s: give one label a sample."
              .formatted(name, samples, describe()));
    }
    return classes(head);
  }

  /**
   * Joins the labels with samples of another file.
   *
   * @param table samples without classes
   * @param labelling whether the classes are known
   * @return the same samples with their classes
   * @throws DataException if there are not as many labels as samples, or one of them is no class
   */
  public InMemoryDataset join(FeatureTable table, Labelling labelling) {
    return table.targeted(labelling.targets(classes(table.name(), table.rows(), labelling.head())));
  }
}
