/** HDF5 files, and those that MATLAB writes with save -v7.3. */
@NullMarked
package dev.rewire.data.hdf5;

import org.jspecify.annotations.NullMarked;
