package dev.threadkeep.benchmarks.growth;

import dev.threadkeep.benchmarks.Form;
import dev.threadkeep.benchmarks.WorkFolder;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.dynamodb.DynamoDbDataStore;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import dev.threadkeep.local.LocalDataStore;
import java.io.IOException;
import java.time.Clock;

/** The stores that grow. */
enum StoreKind {
  EMBEDDED("the embedded store", 100_000) {
    @Override
    DataStore open() throws IOException {
      return LocalDataStore.open(WorkFolder.create("growth-"), Clock.systemUTC());
    }
  },
  /** It takes writes slowly, so the short form stops earlier. */
  TABLE("DynamoDB Local", 10_000) {
    @Override
    DataStore open() {
      return DynamoDbDataStore.builder(DynamoDbLocal.client(), DynamoDbLocal.createTable()).build();
    }
  };

  private static final int MOST = 100_000;

  private final String title;
  private final int shortForm;

  StoreKind(String title, int shortForm) {
    this.title = title;
    this.shortForm = shortForm;
  }

  /** What the report calls it. */
  String title() {
    return title;
  }

  /** So many threads a user has in the end. */
  int mostThreads(Form form) {
    return form == Form.SHORT ? shortForm : MOST;
  }

  /** A fresh one. */
  abstract DataStore open() throws IOException;
}
