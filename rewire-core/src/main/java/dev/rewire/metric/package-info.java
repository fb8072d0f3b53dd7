/**
 * How good predictions are, in one number each. All metrics are fed one sample after another and
 * can be asked at any time; what is not defined is NaN.
 */
@NullMarked
package dev.rewire.metric;

import org.jspecify.annotations.NullMarked;
