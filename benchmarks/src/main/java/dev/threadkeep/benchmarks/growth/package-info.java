/** What a store does with as users and threads grow. */
@NullMarked
package dev.threadkeep.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
