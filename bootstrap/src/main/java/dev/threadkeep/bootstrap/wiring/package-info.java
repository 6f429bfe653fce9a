/** What the server is made of: one Guice module for each store, picked by the settings. */
@NullMarked
package dev.threadkeep.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
