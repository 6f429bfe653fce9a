/**
 * The embedded default: all repositories on one SQLite database and the files in a folder beside
 * it. Durable storage for one machine and one process at a time.
 */
@NullMarked
package dev.threadkeep.local;

import org.jspecify.annotations.NullMarked;
