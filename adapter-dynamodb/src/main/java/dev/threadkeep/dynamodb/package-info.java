/**
 * The repositories on one DynamoDB table: the one that Chainlit's DynamoDBDataLayer uses, so that
 * both work on it side by side. {@link dev.threadkeep.dynamodb.DynamoDbDataStore} is where to
 * begin, {@link dev.threadkeep.dynamodb.DynamoDbTable} makes the table.
 */
@NullMarked
package dev.threadkeep.dynamodb;

import org.jspecify.annotations.NullMarked;
