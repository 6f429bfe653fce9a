package dev.threadkeep.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobNamesTest {
  /** All that an escape can be made of, and what it stands for. */
  private static final List<String> PARTS =
      List.of("%", "25", "5C", "2E", "2", "5", ".", "\\", "/", "x");

  @ParameterizedTest
  @CsvSource({
    "ada/t/e, ada/t/e",
    "a.b/.c/d e, a.b/.c/d e",
    "%2F%25/%2E%2E.x, %2F%25/%2E%2E.x",
    "a\\b, a%5Cb",
    "a%5Cb, a%255Cb",
    "a%255Cb, a%25255Cb",
    "a./b.., a%2E/b.%2E",
    "./.., %2E/.%2E",
    "a%2E, a%252E",
    "a%2E%2E/b, a%2E%252E/b",
  })
  void aNameShouldBeTheKeyButForWhatAzureDoesNotKeep(String key, String name) {
    assertThat(BlobNames.of(BlobKey.of(key))).isEqualTo(name);
    assertThat(BlobNames.key(name)).isEqualTo(BlobKey.of(key));
  }

  @Test
  void noTwoKeysShouldHaveOneNameAndNoNameShouldBeChangedByAzure() {
    Set<String> names = new HashSet<>();
    List<String> keys = texts(5).distinct().toList();

    for (String key : keys) {
      String name = BlobNames.of(BlobKey.of(key));
      names.add(name);
      if (!BlobNames.key(name).value().equals(key) || name.matches(".*(\\\\|\\.(/.*|$)).*")) {
        Assertions.fail(key + " becomes " + name);
      }
    }
    assertThat(names).hasSameSizeAs(keys);
  }

  @Test
  void aPrefixShouldBeThatOfAllKeysThatBeginWithIt() {
    for (String key : texts(4).toList()) {
      String name = BlobNames.of(BlobKey.of(key));
      for (int end = 0; end <= key.length(); end++) {
        if (!name.startsWith(BlobNames.prefix(key.substring(0, end)))) {
          Assertions.fail(key.substring(0, end) + " of " + key + ", which becomes " + name);
        }
      }
    }
    assertThat(BlobNames.prefix("ada/thread-1/")).isEqualTo("ada/thread-1/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000", "a\nb", "\u007f", "a\u0085b", "/a", "a/", "a//b", "/"})
  void whatAzureCannotKeepShouldBeRefused(String key) {
    Assertions.assertThatExceptionOfType(DataLayerException.class)
        .isThrownBy(() -> BlobNames.checkNew(BlobKey.of(key)))
        .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID))
        .withMessageStartingWith("object key: ");
  }

  @Test
  void aKeyThatIsTooLongOnlyAsANameShouldBeTooLarge() {
    Assertions.assertThatExceptionOfType(DataLayerException.class)
        .isThrownBy(() -> BlobNames.checkNew(BlobKey.of("\\".repeat(400))))
        .withMessage("object key as Azure needs it: 1,200 bytes, at most 1,024");
    assertThat(BlobNames.isPossible(BlobKey.of("\\".repeat(400)))).isFalse();
  }

  private static Stream<String> texts(int parts) {
    Stream<String> texts = PARTS.stream();
    return parts == 1
        ? texts
        : texts.flatMap(
            start -> Stream.concat(Stream.of(start), texts(parts - 1).map(start::concat)));
  }
}
