/**
 * What everybody's rules and optimizers have to keep to, as tests: extend the class for the kind of
 * thing, say how yours is made, and run it with JUnit.
 */
@NullMarked
package dev.rewire.contract;

import org.jspecify.annotations.NullMarked;
