/**
 * The use cases: who may do what, what a delete takes along, when a thread counts as active. Every
 * method takes the {@link dev.threadkeep.application.Caller} first, but those of {@link
 * dev.threadkeep.application.Files}, where the key says enough. A person reaches only what is
 * theirs, and gets {@code NOT_FOUND} for everything else, whether it exists or not; the service
 * reaches all.
 */
@NullMarked
package dev.threadkeep.application;

import org.jspecify.annotations.NullMarked;
