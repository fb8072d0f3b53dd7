/** What every source of data shares: its errors, its shape, and the split into train and test. */
@NullMarked
package dev.rewire.data;

import org.jspecify.annotations.NullMarked;
