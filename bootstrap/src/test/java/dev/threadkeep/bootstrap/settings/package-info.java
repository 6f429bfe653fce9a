@NullMarked
package dev.threadkeep.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
