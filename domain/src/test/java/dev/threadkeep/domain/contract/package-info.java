/**
 * What every implementation of a port must do, as tests: a test class implements the contract of a
 * port, hands over its testee, and inherits the tests. Every test makes fresh ids, so tests may run
 * in any order, at the same time, and on one store.
 *
 * <p>A test whose name begins with {@code row} and a number is that row of "What the Python layer
 * gets wrong" in the description of the table.
 */
@NullMarked
package dev.threadkeep.domain.contract;

import org.jspecify.annotations.NullMarked;
