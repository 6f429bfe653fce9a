/** The ports in memory: as simple as can be, for tests and to try things out. */
@NullMarked
package dev.threadkeep.domain.memory;

import org.jspecify.annotations.NullMarked;
