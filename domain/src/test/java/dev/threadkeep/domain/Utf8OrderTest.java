package dev.threadkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class Utf8OrderTest {
  /** The characters at which the orders of UTF-16 and of UTF-8 part. */
  private static final List<String> PIECES =
      List.of("a", "b", "é", "\ud7ff", "\ue000", "\uffff", "\ud800\udc00", "😀", "\udbff\udfff");

  @Test
  void theOrderShouldBeThatOfTheBytes() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      String one = text(random);
      String other = text(random);
      int bytes =
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

      assertThat(Integer.signum(Utf8Order.INSTANCE.compare(one, other)))
          .as("%s and %s", one, other)
          .isEqualTo(Integer.signum(bytes));
    }
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(5), 0, PIECES.size())
        .mapToObj(PIECES::get)
        .collect(Collectors.joining());
  }
}
