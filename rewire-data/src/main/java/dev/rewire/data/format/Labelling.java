package dev.rewire.data.format;

import dev.rewire.data.csv.Classes;
import dev.rewire.dataset.ClassTargets;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.Targets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the classes of samples come from. */
public sealed interface Labelling {
  /** What the only class is called where there are no labels. */
  List<String> NO_CLASSES = List.of("?");

  /**
   * The classes are those that the file has.
   *
   * @param needed whether a file without labels is refused; else its samples have {@link
   *     #NO_CLASSES}
   * @param head what labels are, or null to find out
   */
  record Found(boolean needed, @Nullable Head head) implements Labelling {
    /** Refuses a file without labels, and finds out what they are. */
    public Found() {
      this(true, null);
    }
  }

  /**
   * The classes are known, from the training samples for example; a label that is none of them is
   * refused.
   *
   * @param names all classes, labels or numbers to predict, in order
   * @param head which of these they are
   */
  record Known(List<String> names, Head head) implements Labelling {
    /** Copies the list. */
    public Known {
      names = List.copyOf(names);
    }

    /**
     * Names classes.
     *
     * @param names all classes, in order
     */
    public Known(List<String> names) {
      this(names, Head.CLASSES);
    }
  }

  /**
   * Labels are not needed, and left out if the file has them: every sample gets class 0.
   *
   * @param names what the classes are called, one or more
   */
  record Ignored(List<String> names) implements Labelling {
    /** Copies the list. */
    public Ignored {
      names = List.copyOf(names);
    }

    /** What is read over may be anything, several labels or none. */
    @Override
    public Head head() {
      return Head.MULTI_LABEL;
    }
  }

  /**
   * Says what labels are.
   *
   * @return classes, labels or numbers, or null if that is to be found out
   */
  @Nullable Head head();

  /**
   * Makes targets of labels that were read.
   *
   * @param classes the labels, perhaps none if they are ignored
   * @return one target a sample
   * @throws dev.rewire.data.DataException if the labels are no such targets
   */
  default Targets targets(Classes classes) {
    return switch (this) {
      case Found(boolean _, Head head) ->
          classes.targets(head == null ? classes.found() : head, List.of());
      case Known(List<String> names, Head head) -> classes.targets(head, names);
      case Ignored(List<String> names) ->
          new ClassTargets(Head.CLASSES, new int[classes.size()], names);
    };
  }
}
