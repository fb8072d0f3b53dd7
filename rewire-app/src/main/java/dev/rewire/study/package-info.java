/**
 * Studies: questions that many runs answer together. A study is data, its runs are those of {@code
 * dev.rewire.sweep}, and what it says follows from what the runs wrote down.
 */
@NullMarked
package dev.rewire.study;

import org.jspecify.annotations.NullMarked;
