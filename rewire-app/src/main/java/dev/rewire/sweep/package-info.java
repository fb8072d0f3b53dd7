/** Many runs of one question: which settings and seeds, and what their results say together. */
@NullMarked
package dev.rewire.sweep;

import org.jspecify.annotations.NullMarked;
