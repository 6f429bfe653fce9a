/** Servers as processes of their own: how many requests they answer, and what that takes. */
@NullMarked
package dev.threadkeep.benchmarks.server;

import org.jspecify.annotations.NullMarked;
