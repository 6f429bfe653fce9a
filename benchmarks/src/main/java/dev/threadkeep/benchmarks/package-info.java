/** Speed, memory and cost, measured against what people would use instead, side by side. */
@NullMarked
package dev.threadkeep.benchmarks;

import org.jspecify.annotations.NullMarked;
