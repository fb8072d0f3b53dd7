package dev.rewire.tensorboard;

/**
 * What TensorBoard is told at one step: the message {@code tensorflow.Summary}, with the numbers of
 * its fields from summary.proto.
 */
final class Summary {
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int IMAGE = 4;
  private static final int HISTOGRAM = 5;
  private static final int RGB = 3;

  private final Message message = new Message();

  Summary scalar(String tag, double value) {
    return add(new Message().text(TAG, tag).real(SIMPLE_VALUE, (float) value));
  }

  Summary histogram(String tag, Histogram numbers) {
    Message histogram =
        new Message()
            .real(1, numbers.least())
            .real(2, numbers.most())
            .real(3, (double) numbers.count())
            .real(4, numbers.sum())
            .real(5, numbers.squares())
            .reals(6, numbers.limits())
            .reals(7, numbers.counts());
    return add(new Message().text(TAG, tag).message(HISTOGRAM, histogram));
  }

  Summary image(String tag, int height, int width, byte[] png) {
    Message image = new Message().number(1, height).number(2, width).number(3, RGB).data(4, png);
    return add(new Message().text(TAG, tag).message(IMAGE, image));
  }

  private Summary add(Message value) {
    message.message(VALUE, value);
    return this;
  }

  Message message() {
    return message;
  }
}
