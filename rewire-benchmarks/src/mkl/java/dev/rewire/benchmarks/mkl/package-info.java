/** The kernels against Intel MKL; compiled only with the Maven profile {@code mkl}. */
@NullMarked
package dev.rewire.benchmarks.mkl;

import org.jspecify.annotations.NullMarked;
