package dev.threadkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BlobKeysTest {
  @Test
  void ofElementShouldBeAsChainlitMakesIt() {
    assertThat(key("alice", "t-1", "e-1")).isEqualTo("alice/t-1/e-1");
    assertThat(key("bob@example.com", "ä 😀#", "e+1")).isEqualTo("bob@example.com/ä 😀#/e+1");
  }

  @Test
  void ofElementShouldEncodeWhatSeparates() {
    assertThat(key("a/b", "100%", "%2F")).isEqualTo("a%2Fb/100%25/%252F");
    assertThat(key("/", "//", "%")).isEqualTo("%2F/%2F%2F/%25");
  }

  @Test
  void ofElementShouldEncodeStepsInAPath() {
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
  void ofElementShouldRefuseAKeyThatIsTooLong() {
    assertThat(key("u".repeat(256), "t".repeat(256), "e".repeat(256))).hasSize(770);
    assertThat(key("/".repeat(256), "t".repeat(127), "e".repeat(127))).hasSize(1_024);
    assertThatThrownBy(() -> key("/".repeat(256), "t".repeat(127), "e".repeat(128)))
        .isInstanceOfSatisfying(
            DataLayerException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.TOO_LARGE))
        .hasMessage("objectKey: 1,025 bytes, at most 1,024");
  }

  @Test
  void withoutAnOwnerTheFileShouldBeInChainlitsFolderForIt() {
    assertThat(
            BlobKeys.withoutPrefix()
                .ofElement(Optional.empty(), ThreadId.of("t"), ElementId.of("e")))
        .isEqualTo(BlobKey.of("unknown/t/e"));
  }

  @Test
  void textsOfStepsShouldBeApartFromTheFilesOfEveryUser() {
    assertThat(new BlobKeys("app/").ofStep(ThreadId.of("t/1"), "n"))
        .isEqualTo(BlobKey.of("app/threadkeep/steps/t%2F1/n"));
    assertThat(key("threadkeep/steps", "t", "n")).isEqualTo("threadkeep%2Fsteps/t/n");
  }

  @Test
  void aKeyShouldTellItsThread() {
    Random random = new Random(2);
    for (int i = 0; i < 5_000; i++) {
      List<String> ids = List.of(id(random), id(random), id(random));
      ThreadId thread = ThreadId.of(ids.get(1));
      BlobKeys keys = new BlobKeys("p/");

      assertThat(
              keys.threadsOf(
                  keys.ofElement(
                      Optional.of(UserId.of(ids.get(0))), thread, ElementId.of(ids.get(2)))))
          .contains(thread);
      assertThat(keys.threadsOf(keys.ofStep(thread, ids.get(2)))).contains(thread);
      assertThat(keys.threadsOf(BlobKey.of(key(ids)))).isEmpty();
    }
  }

  @Test
  void anIdThatOthersWroteAsItIsShouldStandForItself() {
    BlobKeys keys = BlobKeys.withoutPrefix();

    assertThat(keys.threadsOf(BlobKey.of("ada/100%/e"))).containsExactly(ThreadId.of("100%"));
    assertThat(keys.threadsOf(BlobKey.of("ada/a%2Fb+c/e")))
        .containsExactly(ThreadId.of("a%2Fb+c"), ThreadId.of("a/b+c"));
    assertThat(keys.threadsOf(BlobKey.of("ada/x/t/e"))).containsExactly(ThreadId.of("t"));
  }

  @Test
  void aKeyWithIdsAsTheyAreShouldTellAllThreadsThatItCanBeOf() {
    BlobKeys keys = new BlobKeys("p/");

    assertThat(keys.possibleThreadsOf(BlobKey.of("p/ada/t%/e"))).containsExactly(ThreadId.of("t%"));
    assertThat(keys.possibleThreadsOf(BlobKey.of("p/ada/x/t/e")))
        .containsExactly(ThreadId.of("t"), ThreadId.of("x"), ThreadId.of("x/t"));
    assertThat(keys.possibleThreadsOf(BlobKey.of("ada/x/t/e"))).isEmpty();
    assertThat(keys.possibleThreadsOf(BlobKey.of("p/" + "x/".repeat(12) + "e"))).isEmpty();
  }

  @Test
  void aKeyOfAnotherFormShouldNameNoThread() {
    for (String key : List.of("a", "a/b", "/t/e", "a//e", "a/t/", "logs/2026//x.gz")) {
      assertThat(BlobKeys.withoutPrefix().threadsOf(BlobKey.of(key))).as(key).isEmpty();
    }
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
    return BlobKeys.withoutPrefix()
        .ofElement(Optional.of(UserId.of(user)), ThreadId.of(thread), ElementId.of(element))
        .value();
  }
}
