/**
 * The use cases over HTTP: the calls of Chainlit's front end and the service API under {@code /v1},
 * on Javalin and Jetty. {@link dev.threadkeep.http.ThreadkeepServer} is the way in.
 *
 * <p>No thread waits for a store, a slow client or a slow network: bodies are read and answers are
 * written as the connection is ready for it, and what happens in between is a stage.
 */
@NullMarked
package dev.threadkeep.http;

import org.jspecify.annotations.NullMarked;
