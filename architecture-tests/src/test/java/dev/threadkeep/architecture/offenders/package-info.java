/**
 * A hexagon in miniature that keeps all the rules, and beside its classes others that each break
 * one of them.
 */
@NullMarked
package dev.threadkeep.architecture.offenders;

import org.jspecify.annotations.NullMarked;
