/** NumPy files, and the sparse matrices that SciPy writes into them. */
@NullMarked
package dev.rewire.data.npy;

import org.jspecify.annotations.NullMarked;
