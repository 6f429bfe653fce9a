package dev.threadkeep.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ElementType;
import dev.threadkeep.domain.UploadOptions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser may show, and what it is called when it is saved. */
class FileTypeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "image/png",
        "IMAGE/PNG",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/avif",
        "image/bmp",
        "audio/mpeg",
        "video/mp4",
        "video/mp4; codecs=\"avc1.4d002a\"",
        "text/plain",
        "text/plain; charset=utf-8",
        "text/plain ;charset=\"utf-8\";",
        "application/pdf"
      })
  void whatRunsNothingShouldBeShown(String mime) {
    assertThat(FileType.of(mime).disposition(Optional.empty())).isEqualTo("inline");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "text/HTML; charset=utf-8",
        "application/xhtml+xml",
        "image/svg+xml",
        "image/svg+xml; x=image/png",
        "text/xml",
        "text/javascript",
        "text/css",
        "text/plain2",
        "image/png2",
        "application/octet-stream",
        "application/pdf+xml",
        "multipart/mixed; boundary=x",
        "video",
        "video/",
        "video/mp4/x",
        "video/mp4, text/html",
        "video/mp4; x=\"a, text/html\"",
        "video/mp4; x=y, text/html",
        "video/mp4;, text/html",
        "video/mp4 text/html",
        "video/mp4\ttext/html",
        "text/plain; charset",
        "*/*",
        "x",
        "",
        ";"
      })
  void whatCouldRunOrIsNoTypeShouldBeSaved(String mime) {
    assertThat(FileType.of(mime).disposition(Optional.empty())).isEqualTo("attachment");
  }

  @Test
  void longTypesShouldBeReadToTheirEnd() {
    String spaces = " ".repeat(30_000);
    String parameters = ";a=b".repeat(8_000);

    assertThat(FileType.of("text/plain" + spaces + ";" + spaces + "a=b" + spaces + ";").name())
        .isEqualTo("text/plain");
    assertThat(FileType.of("text/plain" + parameters).name()).isEqualTo("text/plain");
    assertThat(FileType.of("text/plain" + spaces + "x").name()).isEmpty();
    assertThat(FileType.of("text/plain" + spaces + ";" + spaces + "x").name()).isEmpty();
    assertThat(FileType.of("text/plain" + parameters + ";a").name()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "image/png, image",
    "image/svg+xml, image",
    "application/pdf, pdf",
    "Application/PDF; x=y, pdf",
    "audio/ogg, audio",
    "video/webm, video",
    "text/plain; charset=utf-8, text",
    "text/html, file",
    "text/markdown, file",
    "application/zip, file",
    "imagery/png, file",
    "nonsense, file"
  })
  void elementShouldBeOfTheTypeThatItsFileSuggests(String mime, String type) {
    assertThat(FileType.of(mime).elementType()).isEqualTo(ElementType.of(type));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b.txt | ; filename=\"a b.txt\"",
        "naïve.txt | ; filename=\"na_ve.txt\"; filename*=UTF-8''na%C3%AFve.txt",
        "\uD83D\uDE00.png | ; filename=\"_.png\"; filename*=UTF-8''%F0%9F%98%80.png",
        "say \"x\".txt | ; filename=\"say _x_.txt\"; filename*=UTF-8''say%20%22x%22.txt",
        "100%.txt | ; filename=\"100_.txt\"; filename*=UTF-8''100%25.txt",
        "a*b'(c) | ; filename=\"a*b'(c)\"",
        "é*'() | ; filename=\"_*'()\"; filename*=UTF-8''%C3%A9%2A%27%28%29",
        "../../etc/passwd | ; filename=\".._.._etc_passwd\"",
        "C:\\x.exe | ; filename=\"C:_x.exe\"",
        "a\u202Egnp.exe | ; filename=\"a_gnp.exe\""
      })
  void nameShouldBeToldInPrintableAscii(String name, String parameters) {
    String disposition = FileType.of("image/png").disposition(Optional.of(name));

    assertThat(disposition).isEqualTo("inline" + parameters);
    assertThat(UploadOptions.of("image/png").disposition(disposition).disposition())
        .contains(disposition);
  }

  @Test
  void nameShouldEndNoHeader() {
    assertThat(FileType.of("x").disposition(Optional.of("a\r\nSet-Cookie: x=y\u0000\u0085")))
        .isEqualTo("attachment; filename=\"a__Set-Cookie: x=y__\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void emptyNameShouldBeNone(String name) {
    assertThat(FileType.of("x").disposition(Optional.of(name))).isEqualTo("attachment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ü", "日", "😀", "\uD83D", "%"})
  void longNameShouldFitAndKeepItsEnd(String character) {
    String disposition =
        FileType.of("application/pdf")
            .disposition(Optional.of(character.repeat(5_000) + "Report (final).pdf"));

    assertThat(disposition).contains("Report (final).pdf\"").hasSizeLessThan(2_048);
    assertThat(UploadOptions.of("application/pdf").disposition(disposition).disposition())
        .isPresent();
  }

  @Test
  void theStoredDispositionShouldBeServedWhereItIsSafeAndNoNameIsKnown() {
    Optional<String> shown = Optional.of("inline; filename=\"a b\"");
    Optional<String> saved = Optional.of("Attachment; filename=\"a b\"");
    FileType image = FileType.of("image/png");
    FileType page = FileType.of("text/html");

    assertThat(image.disposition(Optional.empty(), shown)).isEqualTo(shown.get());
    assertThat(image.disposition(Optional.empty(), saved)).isEqualTo(saved.get());
    assertThat(image.disposition(Optional.empty(), Optional.empty())).isEqualTo("inline");
    assertThat(image.disposition(Optional.of("c"), saved)).isEqualTo("inline; filename=\"c\"");
    assertThat(page.disposition(Optional.empty(), shown)).isEqualTo("attachment");
    assertThat(page.disposition(Optional.empty(), saved)).isEqualTo(saved.get());
    assertThat(page.disposition(Optional.empty(), Optional.of("attachmentx")))
        .isEqualTo("attachment");
  }
}
