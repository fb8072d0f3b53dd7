/** Tables of numbers with a column of classes, separated by commas, semicolons or tabs. */
@NullMarked
package dev.rewire.data.csv;

import org.jspecify.annotations.NullMarked;
