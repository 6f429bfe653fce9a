package dev.threadkeep.benchmarks.layer;

/**
 * A request to DynamoDB and what it answered.
 *
 * @param target the operation, as {@code X-Amz-Target} names it
 * @param request the body, as JSON
 * @param answer the body, as JSON
 */
public record Exchange(String target, String request, int status, String answer) {}
