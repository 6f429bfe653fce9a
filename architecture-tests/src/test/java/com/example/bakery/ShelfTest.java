package com.example.bakery;

import com.example.bakery.core.spi.BreadGateway;
import com.example.bakery.shelf.Shelf;

class ShelfTest implements BreadGatewayContract {
  @Override
  public BreadGateway testee() {
    return new Shelf();
  }
}
