package com.example.bakery.shop;

import com.example.bakery.core.Bread;
import com.example.bakery.counter.Counter;
import com.example.bakery.shelf.Shelf;
import com.example.bakery.usecases.Sale;

/** Puts everything together. */
public final class Shop {
  private Shop() {}

  /** A shop with one loaf. */
  public static Counter open(String kind) {
    Shelf shelf = new Shelf();
    shelf.put(new Bread(kind)).toCompletableFuture().join();
    return new Counter(new Sale(shelf));
  }
}
