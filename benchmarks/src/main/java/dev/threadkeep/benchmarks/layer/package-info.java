/**
 * Layer against layer: the same work on the same engine, done by ours, by hand, and by Chainlit's.
 */
@NullMarked
package dev.threadkeep.benchmarks.layer;

import org.jspecify.annotations.NullMarked;
