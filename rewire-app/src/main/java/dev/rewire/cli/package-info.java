/** The command line: train, plan, evaluate, predict, inspect, data, bench. */
@NullMarked
package dev.rewire.cli;

import org.jspecify.annotations.NullMarked;
