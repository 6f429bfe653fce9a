/**
 * The chat data model: users, threads, steps, elements and feedback, their attributes and limits,
 * and the errors of a data layer. The ports that store them are in {@link
 * dev.threadkeep.domain.port}.
 */
@NullMarked
package dev.threadkeep.domain;

import org.jspecify.annotations.NullMarked;
