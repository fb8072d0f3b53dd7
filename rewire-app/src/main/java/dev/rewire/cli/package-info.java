/** The command line: train, evaluate, predict, inspect, data. */
@NullMarked
package dev.rewire.cli;

import org.jspecify.annotations.NullMarked;
