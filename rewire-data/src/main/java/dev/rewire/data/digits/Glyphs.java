package dev.rewire.data.digits;

import java.util.List;

/**
 * The ways in which people write the ten digits.
 *
 * <p>A style is one or more strokes, a stroke a smooth curve through points {@code x, y, x, y, ...}
 * of a box that is 1 wide and 1 high, y downwards. A point written twice is a sharp corner.
 */
final class Glyphs {
  private static final List<double[][][]> STYLES =
      List.of(zero(), one(), two(), three(), four(), five(), six(), seven(), eight(), nine());

  private Glyphs() {}

  /**
   * Returns the styles of a digit.
   *
   * @param digit 0 to 9
   * @return styles, each a list of strokes; not to be changed
   */
  static double[][][] styles(int digit) {
    return STYLES.get(digit);
  }

  private static double[][][] zero() {
    return new double[][][] {
      {stroke(.5, 0, .24, .12, .1, .5, .24, .88, .5, 1, .76, .88, .9, .5, .76, .12, .48, 0)},
      {stroke(.7, .1, .4, .02, .15, .35, .15, .7, .45, 1, .8, .75, .85, .35, .62, .05, .4, .08)},
    };
  }

  private static double[][][] one() {
    return new double[][][] {
      {stroke(.5, 0, .5, .5, .5, 1)},
      {stroke(.25, .25, .55, 0, .55, 0, .54, .5, .55, 1)},
      {stroke(.25, .22, .55, 0, .55, 0, .54, .5, .55, 1), stroke(.22, 1, .85, 1)},
    };
  }

  private static double[][][] two() {
    return new double[][][] {
      {
        stroke(.12, .25, .3, .04, .65, .02, .85, .25, .7, .5, .4, .75, .1, 1, .1, 1, .5, .98, .9, 1)
      },
      {
        stroke(
            .15, .2, .4, 0, .75, .1, .75, .4, .45, .75, .15, .95, .08, .82, .3, .78, .6, .95, .95,
            .92)
      },
      {stroke(.1, .12, .5, 0, .85, .14, .78, .4, .08, 1, .08, 1, .5, 1, .92, .98)},
    };
  }

  private static double[][][] three() {
    return new double[][][] {
      {
        stroke(
            .15, .12, .5, 0, .82, .2, .62, .43, .38, .48, .38, .48, .7, .54, .9, .76, .58, 1, .1,
            .88)
      },
      {
        stroke(
            .12, .02, .45, .03, .82, .02, .82, .02, .42, .42, .42, .42, .78, .5, .88, .8, .5, 1, .1,
            .9)
      },
      {
        stroke(
            .15, .1, .5, 0, .8, .18, .62, .44, .4, .5, .46, .42, .8, .6, .8, .88, .45, 1, .08, .85)
      },
    };
  }

  private static double[][][] four() {
    return new double[][][] {
      {
        stroke(.22, 0, .16, .3, .08, .56, .08, .56, .5, .55, .92, .54),
        stroke(.72, .08, .7, .5, .66, 1)
      },
      {stroke(.66, 1, .66, .5, .66, 0, .66, 0, .35, .35, .05, .68, .05, .68, .5, .68, .96, .66)},
      {stroke(.15, 0, .12, .35, .4, .5, .8, .42), stroke(.86, 0, .78, .5, .68, 1)},
    };
  }

  private static double[][][] five() {
    return new double[][][] {
      {
        stroke(.25, .02, .2, .42, .2, .42, .55, .37, .88, .62, .74, .92, .4, 1, .1, .88),
        stroke(.25, .02, .55, .02, .88, 0)
      },
      {
        stroke(
            .88, .02, .55, .02, .28, .02, .28, .02, .2, .45, .2, .45, .6, .42, .85, .68, .6, .98,
            .1, .95)
      },
      {stroke(.86, .05, .42, .02, .2, .24, .5, .44, .85, .66, .64, .95, .1, .94)},
    };
  }

  private static double[][][] six() {
    return new double[][][] {
      {stroke(.7, 0, .35, .25, .12, .65, .3, .97, .7, .95, .86, .7, .6, .5, .28, .6, .15, .76)},
      {stroke(.5, 0, .22, .45, .14, .82, .48, 1, .8, .82, .6, .58, .18, .74)},
      {stroke(.85, .12, .55, 0, .2, .3, .12, .7, .4, 1, .8, .85, .75, .58, .42, .5, .14, .7)},
    };
  }

  private static double[][][] seven() {
    return new double[][][] {
      {stroke(.08, .04, .5, .03, .9, .02, .9, .02, .62, .45, .42, 1)},
      {stroke(.08, .04, .5, .03, .9, .02, .9, .02, .62, .45, .42, 1), stroke(.3, .5, .82, .47)},
      {stroke(.1, .2, .12, .02, .12, .02, .5, .04, .88, .02, .88, .02, .55, .5, .4, 1)},
    };
  }

  private static double[][][] eight() {
    return new double[][][] {
      {
        stroke(
            .8, .15, .5, 0, .2, .2, .45, .46, .8, .74, .55, 1, .18, .8, .45, .5, .76, .28, .76, .1)
      },
      {
        stroke(.5, 0, .22, .22, .5, .46, .78, .22, .48, 0),
        stroke(.5, .46, .14, .73, .5, 1, .86, .73, .48, .46)
      },
    };
  }

  private static double[][][] nine() {
    return new double[][][] {
      {stroke(.82, .22, .55, 0, .18, .2, .38, .48, .76, .34, .84, .1, .84, .1, .8, .55, .74, 1)},
      {stroke(.84, .2, .52, 0, .16, .24, .4, .5, .8, .3, .84, .1, .86, .55, .6, .98, .18, .9)},
      {stroke(.8, .3, .6, .02, .2, .12, .22, .42, .6, .46, .82, .2, .74, .6, .48, 1)},
    };
  }

  private static double[] stroke(double... points) {
    return points;
  }
}
