package com.example.bakery.usecases;

import com.example.bakery.core.Bread;
import com.example.bakery.core.spi.BreadGateway;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Sells bread. */
public record Sale(BreadGateway breads) {
  public CompletionStage<Optional<Bread>> of(String kind) {
    return breads.take(kind);
  }
}
