package dev.threadkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadkeep.domain.UploadOptions.Existing;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadOptionsTest {
  @Test
  void ofShouldOverwriteAndHaveNoDisposition() {
    assertThat(UploadOptions.of("image/png"))
        .isEqualTo(new UploadOptions("image/png", Optional.empty(), Existing.OVERWRITE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/plain\r\nX-Evil: 1", "text/ä", "a/b\u0000", "a/b\u007f"})
  void whatIsNoHeaderShouldBeRefused(String value) {
    assertThatThrownBy(() -> UploadOptions.of(value))
        .isInstanceOfSatisfying(
            DataLayerException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID))
        .hasMessageStartingWith("mime: ");
    assertThatThrownBy(() -> new UploadOptions("a/b", Optional.of(value), Existing.KEEP))
        .isInstanceOf(DataLayerException.class)
        .hasMessageStartingWith("disposition: ");
  }
}
