/**
 * Settings of a run in the words of a file: one table of keys, from which files are read and
 * written, options are made, and the schema follows.
 */
@NullMarked
package dev.rewire.config;

import org.jspecify.annotations.NullMarked;
