package dev.rewire.measure;

/** A distribution of the degrees from some degree on. */
interface TailModel {
  /** The logarithm of the probability of a degree, given that it is in the tail. */
  double logProbability(int degree);
}
