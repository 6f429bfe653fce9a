/** What JMH measures: the parts of our layers that are too small to be seen from outside. */
@NullMarked
package dev.threadkeep.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
