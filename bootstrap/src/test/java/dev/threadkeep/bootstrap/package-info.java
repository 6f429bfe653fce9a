@NullMarked
package dev.threadkeep.bootstrap;

import org.jspecify.annotations.NullMarked;
