/** The rules, held against planted offenders, against another project, and against this one. */
@NullMarked
package dev.threadkeep.architecture;

import org.jspecify.annotations.NullMarked;
