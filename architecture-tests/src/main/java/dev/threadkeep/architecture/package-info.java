/**
 * The rules of a hexagonal project, for ArchUnit: say in a {@link
 * dev.threadkeep.architecture.HexagonLayout} where its parts are, and take the {@link
 * dev.threadkeep.architecture.HexagonRules} for it.
 */
@NullMarked
package dev.threadkeep.architecture;

import org.jspecify.annotations.NullMarked;
