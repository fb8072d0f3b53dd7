/** MATLAB files of Level 5, which save -v7 and -v6 write. */
@NullMarked
package dev.rewire.data.mat;

import org.jspecify.annotations.NullMarked;
