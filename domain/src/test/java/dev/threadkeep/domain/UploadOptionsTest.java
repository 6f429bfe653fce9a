package dev.threadkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadkeep.domain.UploadOptions.Existing;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadOptionsTest {
  @Test
  void ofShouldOverwriteAndHaveNoDisposition() {
    assertThat(UploadOptions.of("image/png"))
        .isEqualTo(
            new UploadOptions(
                "image/png", Optional.empty(), Existing.OVERWRITE, OptionalLong.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/plain\r\nX-Evil: 1", "text/ä", "a/b\u0000", "a/b\u007f"})
  void whatIsNoHeaderShouldBeRefused(String value) {
    assertThatThrownBy(() -> UploadOptions.of(value))
        .isInstanceOfSatisfying(
            DataLayerException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID))
        .hasMessageStartingWith("mime: ");
    assertThatThrownBy(() -> UploadOptions.of("a/b").disposition(value))
        .isInstanceOf(DataLayerException.class)
        .hasMessageStartingWith("disposition: ");
  }

  @Test
  void anotherNumberOfBytesThanAnnouncedShouldBeRefused() {
    UploadOptions.of("a/b").checkSize(7);
    UploadOptions.of("a/b").size(7).checkSize(7);

    assertThatThrownBy(() -> UploadOptions.of("a/b").size(8).checkSize(7))
        .isInstanceOf(DataLayerException.class)
        .hasMessage("content: 7 bytes came, 8 were announced");
  }
}
