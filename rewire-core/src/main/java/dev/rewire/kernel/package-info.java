/**
 * The inner loops, once with the Vector API and once in scalar code with the same bits. Internal:
 * everything here trusts its caller.
 */
@NullMarked
package dev.rewire.kernel;

import org.jspecify.annotations.NullMarked;
