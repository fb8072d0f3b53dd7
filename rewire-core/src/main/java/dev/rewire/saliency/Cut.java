package dev.rewire.saliency;

/**
 * What stays in a round: cells with a higher score, and of those with this score the first ones.
 *
 * @param score bits of a float of 0 or more
 * @param last the highest cell of those with this score that stays
 */
record Cut(int score, long last) {}
