/**
 * The driven ports: one repository for each noun, the store for files, and the bundle of them that
 * an adapter offers.
 *
 * <p>Every method that does I/O returns a {@link java.util.concurrent.CompletionStage}, never null
 * and never blocking. It fails with a {@link dev.threadkeep.domain.DataLayerException}, also for
 * arguments that break a limit: nothing is thrown by the call itself.
 */
@NullMarked
package dev.threadkeep.domain.port;

import org.jspecify.annotations.NullMarked;
