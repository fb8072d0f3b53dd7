/** What a run looked like, for people: a page of charts and a picture. */
@NullMarked
package dev.rewire.report;

import org.jspecify.annotations.NullMarked;
