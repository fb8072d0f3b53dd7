package dev.rewire.network;

import dev.rewire.dataset.Head;
import dev.rewire.dataset.TargetScale;
import dev.rewire.loss.Loss;
import dev.rewire.loss.MultiMargin;
import java.util.List;

/**
 * What the outputs of a network mean.
 *
 * @param head classes, labels or numbers
 * @param names of the classes, labels or numbers, 1 or more
 * @param scale how numbers to predict were scaled; {@link TargetScale#NONE} for others
 */
public record Outputs(Head head, List<String> names, TargetScale scale) {
  /** Checks that they fit together. */
  public Outputs {
    names = List.copyOf(names);
    if (head == Head.BINARY && names.size() != 2) {
      throw new IllegalArgumentException("one output tells 2 classes apart, not " + names.size());
    }
    if (scale.mean().length != (head == Head.REGRESSION ? names.size() : 0)) {
      throw new IllegalArgumentException(
          "%d outputs of a %s head, but %d of them are scaled"
              .formatted(names.size(), head.id(), scale.mean().length));
    }
  }

  /**
   * Returns outputs of which each is a class.
   *
   * @param names one name a class
   * @return the usual outputs
   */
  public static Outputs classes(List<String> names) {
    return new Outputs(Head.CLASSES, names, TargetScale.NONE);
  }

  /**
   * Returns how many numbers the network has to say.
   *
   * @return 1 or more
   */
  public int count() {
    return head.outputs(names.size());
  }

  /**
   * Returns what each output is called.
   *
   * @return one name an output; of two classes with one output, the second
   */
  public List<String> each() {
    return head == Head.BINARY ? names.subList(1, 2) : names;
  }

  /**
   * Says what is wrong with a loss for these outputs.
   *
   * @param loss what training is to minimise
   * @throws IllegalArgumentException with the reason and the losses that fit
   */
  public void check(Loss loss) {
    boolean between = loss instanceof Loss.SoftmaxCrossEntropy || loss instanceof MultiMargin;
    boolean sides = loss instanceof Loss.BinaryCrossEntropy || loss.threshold() != 0.5;
    String reason =
        switch (head) {
          case CLASSES -> "";
          case BINARY, MULTI_LABEL ->
              between
                  ? "compares classes of which a sample has one: take binary-cross-entropy, hinge"
                      + " or mse"
                  : "";
          case REGRESSION ->
              between || sides ? "is for classes, not for numbers: take mse, mae or huber" : "";
        };
    if (!reason.isEmpty()) {
      throw new IllegalArgumentException("the loss " + loss.id() + " " + reason);
    }
  }
}
