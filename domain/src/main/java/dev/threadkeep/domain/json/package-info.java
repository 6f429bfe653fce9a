/** Free JSON as one immutable type whose numbers keep every digit. */
@NullMarked
package dev.threadkeep.domain.json;

import org.jspecify.annotations.NullMarked;
