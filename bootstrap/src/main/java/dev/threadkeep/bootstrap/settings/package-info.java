/**
 * The configuration: one table of options, read from the environment and a properties file into
 * settings that are complete and right, or refused with everything that is wrong.
 */
@NullMarked
package dev.threadkeep.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
