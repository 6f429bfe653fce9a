package com.example.bakery.counter;

import com.example.bakery.core.Bread;
import com.example.bakery.usecases.Sale;
import java.util.concurrent.CompletionStage;

/** Where customers ask. */
public final class Counter {
  private final Sale sale;

  public Counter(Sale sale) {
    this.sale = sale;
  }

  public CompletionStage<String> ask(String kind) {
    return sale.of(kind).thenApply(bread -> bread.map(Bread::kind).orElse("sold out"));
  }
}
