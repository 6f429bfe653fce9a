package dev.threadkeep.dynamodb;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Names that nobody has given before, and nobody guesses: 128 random bits. */
final class RandomNames implements Supplier<String> {
  private static final int BYTES = 16;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String get() {
    byte[] name = new byte[BYTES];
    random.nextBytes(name);
    return HexFormat.of().formatHex(name);
  }
}
