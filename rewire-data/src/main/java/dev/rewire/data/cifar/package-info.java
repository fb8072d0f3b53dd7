/** The binary files of CIFAR-10. */
@NullMarked
package dev.rewire.data.cifar;

import org.jspecify.annotations.NullMarked;
