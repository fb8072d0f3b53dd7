package dev.rewire.study;

/**
 * Whether a claim holds.
 *
 * @param answer in a word
 * @param evidence the numbers behind it
 */
public record Verdict(Answer answer, String evidence) {
  /** In a word. */
  public enum Answer {
    /** In all seeds. */
    HOLDS("holds"),
    /** In some seeds only. */
    MIXED("holds in some seeds"),
    /** In no seed. */
    FAILS("does not hold"),
    /** The runs that would decide it are missing. */
    OPEN("open");

    private final String word;

    Answer(String word) {
      this.word = word;
    }

    /**
     * Says it to people.
     *
     * @return a few words
     */
    public String word() {
      return word;
    }
  }

  /**
   * Counts the seeds in which a claim holds.
   *
   * @param holding how many
   * @param of how many seeds there are
   * @param evidence the numbers
   * @return open without any seed
   */
  static Verdict of(int holding, int of, String evidence) {
    Answer answer =
        of == 0
            ? Answer.OPEN
            : holding == of ? Answer.HOLDS : holding == 0 ? Answer.FAILS : Answer.MIXED;
    return new Verdict(answer, evidence);
  }
}
