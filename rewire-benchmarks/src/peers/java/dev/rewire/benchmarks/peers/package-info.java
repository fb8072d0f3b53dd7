/** The library against other systems; compiled only with the Maven profile {@code peers}. */
@NullMarked
package dev.rewire.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
