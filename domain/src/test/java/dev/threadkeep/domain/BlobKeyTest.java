package dev.threadkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BlobKeyTest {
  @Test
  void forElementShouldBeAsChainlitMakesIt() {
    assertThat(key("alice", "t-1", "e-1")).isEqualTo("alice/t-1/e-1");
    assertThat(key("bob@example.com", "ä 😀#", "e+1")).isEqualTo("bob@example.com/ä 😀#/e+1");
  }

  @Test
  void forElementShouldEncodeWhatSeparates() {
    assertThat(key("a/b", "100%", "%2F")).isEqualTo("a%2Fb/100%25/%252F");
    assertThat(key("/", "//", "%")).isEqualTo("%2F/%2F%2F/%25");
  }

  @Test
  void forElementShouldEncodeStepsInAPath() {
    assertThat(key("..", ".", "...")).isEqualTo("%2E%2E/%2E/...");
    assertThat(key("../x", "a.", ".a")).isEqualTo("..%2Fx/a./.a");
  }

  @Test
  void noTwoElementsShouldShareAKey() {
    Random random = new Random(1);
    Map<String, List<String>> seen = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      List<String> ids = List.of(id(random), id(random), id(random));
      String key = key(ids);

      assertThat(seen.computeIfAbsent(key, it -> ids)).isEqualTo(ids);
      assertThat(key.split("/", -1)).hasSize(3).doesNotContain("", ".", "..");
    }
  }

  @Test
  void forElementShouldRefuseAKeyThatIsTooLong() {
    assertThat(key("u".repeat(256), "t".repeat(256), "e".repeat(256))).hasSize(770);
    assertThat(key("/".repeat(256), "t".repeat(127), "e".repeat(127))).hasSize(1_024);
    assertThatThrownBy(() -> key("/".repeat(256), "t".repeat(127), "e".repeat(128)))
        .isInstanceOfSatisfying(
            DataLayerException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.TOO_LARGE))
        .hasMessage("objectKey: 1,025 bytes, at most 1,024");
  }

  /** One id of the few characters that could be mistaken for another. */
  private static String id(Random random) {
    return random
        .ints(random.nextInt(1, 5), 0, 7)
        .mapToObj(i -> "%/25FE.".substring(i, i + 1))
        .collect(Collectors.joining());
  }

  private static String key(List<String> ids) {
    return key(ids.get(0), ids.get(1), ids.get(2));
  }

  private static String key(String user, String thread, String element) {
    return BlobKey.forElement(UserId.of(user), ThreadId.of(thread), ElementId.of(element)).value();
  }
}
