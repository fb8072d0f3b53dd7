package dev.rewire.data.format;

import java.util.List;

/** Where the classes of samples come from. */
public sealed interface Labelling {
  /** What the only class is called where there are no labels. */
  List<String> NO_CLASSES = List.of("?");

  /**
   * The classes are those that the file has.
   *
   * @param needed whether a file without labels is refused; else its samples have {@link
   *     #NO_CLASSES}
   */
  record Found(boolean needed) implements Labelling {
    /** Refuses a file without labels. */
    public Found() {
      this(true);
    }
  }

  /**
   * The classes are known, from the training samples for example; a label that is none of them is
   * refused.
   *
   * @param names all classes, in order
   */
  record Known(List<String> names) implements Labelling {
    /** Copies the list. */
    public Known {
      names = List.copyOf(names);
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
  }
}
