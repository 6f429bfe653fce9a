package com.example.bakery.core.spi;

import com.example.bakery.core.Bread;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where bread is kept. */
public interface BreadGateway {
  CompletionStage<Void> put(Bread bread);

  CompletionStage<Optional<Bread>> take(String kind);
}
