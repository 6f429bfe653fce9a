package com.example.bakery.shelf;

import com.example.bakery.core.Bread;
import com.example.bakery.core.spi.BreadGateway;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps bread in the order in which it was baked. */
public final class Shelf implements BreadGateway {
  private final Queue<Bread> breads = new ConcurrentLinkedQueue<>();

  @Override
  public CompletionStage<Void> put(Bread bread) {
    breads.add(bread);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Optional<Bread>> take(String kind) {
    Optional<Bread> bread = breads.stream().filter(any -> any.kind().equals(kind)).findFirst();
    bread.ifPresent(breads::remove);
    return CompletableFuture.completedStage(bread);
  }
}
