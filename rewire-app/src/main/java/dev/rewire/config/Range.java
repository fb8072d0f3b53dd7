package dev.rewire.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers that a setting may have.
 *
 * @param least the smallest, or the limit that is not reached
 * @param open whether {@code least} itself is excluded
 * @param most the largest, or the limit that is not reached, or infinity for none
 * @param openAbove whether {@code most} itself is excluded
 */
public record Range(double least, boolean open, double most, boolean openAbove) {
  /** Above 0. */
  public static final Range POSITIVE = new Range(0, true, Double.POSITIVE_INFINITY, true);

  /** 0 or more. */
  public static final Range NOT_NEGATIVE = new Range(0, false, Double.POSITIVE_INFINITY, true);

  /** 1 or more. */
  public static final Range AT_LEAST_1 = new Range(1, false, Double.POSITIVE_INFINITY, true);

  /** 2 or more. */
  public static final Range AT_LEAST_2 = new Range(2, false, Double.POSITIVE_INFINITY, true);

  /** Between 0 and 1, both included. */
  public static final Range FRACTION = new Range(0, false, 1, false);

  /** Above 0 and at most 1. */
  public static final Range DENSITY = new Range(0, true, 1, false);

  /** 0 or more and below 1. */
  public static final Range BELOW_1 = new Range(0, false, 1, true);

  /** Above 0 and below 1. */
  public static final Range INSIDE = new Range(0, true, 1, true);

  /**
   * Says whether a number is allowed; NaN never is, infinity only where there is no limit above it.
   *
   * @param value any number
   * @return true if it lies inside
   */
  public boolean contains(double value) {
    return (open ? value > least : value >= least) && (openAbove ? value < most : value <= most);
  }

  /**
   * Says which numbers these are.
   *
   * @return words that follow "must be", for example {@code above 0 and at most 1}
   */
  public String words() {
    String from = number(least);
    if (most == Double.POSITIVE_INFINITY) {
      return open ? "above " + from : from + " or more";
    }
    if (!open && !openAbove) {
      return "between " + from + " and " + number(most);
    }
    return (open ? "above " + from : from + " or more")
        + (openAbove ? " and below " : " and at most ")
        + number(most);
  }

  /** The same in the words of JSON Schema. */
  Map<String, Object> schema(String type) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", type);
    if (least > Double.NEGATIVE_INFINITY) {
      schema.put(open ? "exclusiveMinimum" : "minimum", plain(least));
    }
    if (most < Double.POSITIVE_INFINITY) {
      schema.put(openAbove ? "exclusiveMaximum" : "maximum", plain(most));
    }
    return schema;
  }

  private static Object plain(double value) {
    return value == Math.rint(value) ? (Object) (long) value : (Object) value;
  }

  private static String number(double value) {
    return String.valueOf(plain(value));
  }
}
