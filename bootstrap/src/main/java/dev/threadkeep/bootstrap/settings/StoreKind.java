package dev.threadkeep.bootstrap.settings;

/** Where users, threads, steps, elements and feedback are kept. */
public enum StoreKind {
  /** In a folder on this machine. */
  LOCAL,
  /** In a DynamoDB table. */
  DYNAMODB
}
