/**
 * JSON text to and from {@link dev.threadkeep.domain.json.JsonValue}: strict on the way in, exact
 * in both directions.
 */
@NullMarked
package dev.threadkeep.json;

import org.jspecify.annotations.NullMarked;
