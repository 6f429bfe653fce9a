package com.example.bakery;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.bakery.core.Bread;
import com.example.bakery.core.spi.BreadGateway;
import org.junit.jupiter.api.Test;

/** What every {@link BreadGateway} does. */
public interface BreadGatewayContract {
  BreadGateway testee();

  @Test
  default void takeShouldGiveALoafOnce() {
    BreadGateway breads = testee();
    breads.put(new Bread("rye")).toCompletableFuture().join();

    assertThat(breads.take("rye").toCompletableFuture().join()).contains(new Bread("rye"));
    assertThat(breads.take("rye").toCompletableFuture().join()).isEmpty();
  }
}
