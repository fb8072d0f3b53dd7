/** What a training run would need, before it begins: memory, time, and sizes that would fit. */
@NullMarked
package dev.rewire.plan;

import org.jspecify.annotations.NullMarked;
