/** JMH benchmarks of the kernels, and small programs that print their results as tables. */
@NullMarked
package dev.rewire.benchmarks;

import org.jspecify.annotations.NullMarked;
