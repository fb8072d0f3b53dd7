package dev.rewire.picture;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How something is drawn on white, in a picture file; pages have a style sheet of their own with
 * the same names, for light and dark.
 *
 * @param stroke colour of a line, or -1 for none
 * @param width of a line
 * @param dashes lengths of dashes and gaps in a line, or null for none
 * @param fill colour inside and of letters, or -1 for none
 * @param opacity of the inside, 0 to 1
 * @param size of letters
 * @param bold whether letters are
 */
record Style(
    int stroke,
    double width,
    float @Nullable [] dashes,
    int fill,
    double opacity,
    int size,
    boolean bold) {
  static final int BACK = 0xffffff;
  private static final int TEXT = 0x1f2328;
  private static final int FAINT = 0x59636e;
  private static final int LINE = 0xd1d9e0;
  private static final int A = 0x0072b2;
  private static final int B = 0xd55e00;
  private static final int C = 0x00795a;
  private static final int D = 0xaa4499;
  private static final int E = 0x5b6168;
  private static final int NONE = -1;
  private static final int SMALL = 12;

  private static final Map<String, Style> ALL = new LinkedHashMap<>();

  static {
    letters("head", TEXT, 20, true);
    letters("title", TEXT, 14, true);
    letters("mark", FAINT, SMALL, false);
    letters("name", FAINT, SMALL, false);
    letters("word", TEXT, SMALL, false);
    letters("big", TEXT, 26, true);
    letters("big positive", B, 26, true);
    letters("big negative", A, 26, true);
    letters("big none", FAINT, 26, true);
    stroke("grid", LINE, 0.7);
    stroke("axis", FAINT, 1);
    stroke("tick", FAINT, 1);
    stroke("even", TEXT, 1.5, 6, 4);
    stroke("goal", TEXT, 2.5);
    stroke("centre", TEXT, 1, 4, 4);
    stroke("before", B, 3);
    stroke("line a", A, 2);
    stroke("line b", B, 2, 5, 3);
    stroke("line c", C, 2, 9, 3);
    stroke("line d", D, 2, 2, 3);
    stroke("line e", E, 2, 9, 3, 2, 3);
    stroke("line positive", B, 2.5);
    stroke("line negative", A, 2.5);
    stroke("line none", FAINT, 2.5);
    fill("area a", A, 1);
    fill("area b", B, 1);
    fill("dot a", A, 1);
    fill("dot b", B, 1);
    fill("dot c", C, 1);
    fill("dot d", D, 1);
    fill("dot e", E, 1);
    fill("dot positive", B, 1);
    fill("dot negative", A, 1);
    fill("dot none", FAINT, 1);
    fill("bar a", A, 1);
    fill("bar b", B, 1);
    fill("band", FAINT, 0.18);
    fill("band a", A, 0.22);
    fill("side positive", B, 0.1);
    fill("side negative", A, 0.1);
    fill("back", BACK, 1);
  }

  private static void letters(String name, int colour, int size, boolean bold) {
    ALL.put(name, new Style(NONE, 0, null, colour, 1, size, bold));
  }

  private static void stroke(String name, int colour, double width, float... dashes) {
    ALL.put(
        name, new Style(colour, width, dashes.length == 0 ? null : dashes, NONE, 1, SMALL, false));
  }

  private static void fill(String name, int colour, double opacity) {
    ALL.put(name, new Style(NONE, 0, null, colour, opacity, SMALL, false));
  }

  /**
   * Looks a style up.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  static Style of(String name) {
    Style style = ALL.get(name);
    if (style == null) {
      throw new IllegalArgumentException("there is no style '" + name + "'");
    }
    return style;
  }

  /** Returns all of them as a style sheet, for a picture that stands alone. */
  static String css() {
    StringBuilder css =
        new StringBuilder("text{font-family:system-ui,'DejaVu Sans',Arial,sans-serif}\n");
    ALL.forEach((name, style) -> css.append(style.rule(name)));
    return css.toString();
  }

  private String rule(String name) {
    StringBuilder rule = new StringBuilder(".").append(name.replace(' ', '.')).append('{');
    rule.append(fill == NONE ? "fill:none" : "fill:#%06x".formatted(fill));
    if (opacity < 1) {
      rule.append(";fill-opacity:").append(opacity);
    }
    if (stroke != NONE) {
      rule.append(";stroke:#%06x;stroke-width:".formatted(stroke)).append(width);
      rule.append(";stroke-linejoin:round");
      if (dashes != null) {
        rule.append(";stroke-dasharray:");
        for (float dash : dashes) {
          rule.append(dash).append(' ');
        }
      }
    } else {
      rule.append(";font-size:%dpx".formatted(size)).append(bold ? ";font-weight:600" : "");
    }
    return rule.append("}\n").toString();
  }
}
