/** Tests of the server, through HTTP. */
@NullMarked
package dev.threadkeep.http;

import org.jspecify.annotations.NullMarked;
