package dev.rewire.dataset;

/** What the target of a sample is, and so what the outputs of a network mean. */
public enum Head {
  /** One of some classes; one output each. */
  CLASSES("classes"),
  /** One of two classes; a single output, which says whether it is the second one. */
  BINARY("binary"),
  /** A set of labels, perhaps none; one output each, which says whether it is there. */
  MULTI_LABEL("multi-label"),
  /** One number or several; one output each. */
  REGRESSION("regression");

  private final String id;

  Head(String id) {
    this.id = id;
  }

  /**
   * Returns the name used on the command line and in files.
   *
   * @return for example {@code multi-label}
   */
  public String id() {
    return id;
  }

  /**
   * Finds a head by its name.
   *
   * @param id as {@link #id} returns it
   * @return the head
   * @throws IllegalArgumentException listing all names, if there is none of this name
   */
  public static Head of(String id) {
    for (Head head : values()) {
      if (head.id.equals(id)) {
        return head;
      }
    }
    throw new IllegalArgumentException(
        "no head '" + id + "', there are classes, binary, multi-label, regression");
  }

  /**
   * Returns how many outputs a network needs.
   *
   * @param names classes, labels or numbers, one name each
   * @return 1 for two classes with one output, else as many as there are names
   */
  public int outputs(int names) {
    return this == BINARY ? 1 : names;
  }
}
