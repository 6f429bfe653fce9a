/** The server and its commands: the command line, the wiring, and main. */
@NullMarked
package dev.threadkeep.bootstrap;

import org.jspecify.annotations.NullMarked;
