package dev.threadkeep.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The texts that stand in the sources of classes. Class files cannot tell: the compiler copies a
 * constant into every class that uses it.
 */
final class SourceTexts {
  /** Comments, text blocks, texts, and characters; a group for what is within the quotes. */
  private static final Pattern TOKENS =
      Pattern.compile(
          "//[^\n]*+"
              + "|/\\*.*?\\*/"
              + "|\"\"\"(.*?)(?<!\\\\)\"\"\""
              + "|\"((?:[^\"\\\\\n]++|\\\\.)*+)\""
              + "|'(?:[^'\\\\]|\\\\.)[^']*+'",
          Pattern.DOTALL);

  private final List<Path> roots;

  /**
   * @param roots the folders in which packages begin
   */
  SourceTexts(List<Path> roots) {
    this.roots = roots;
  }

  /** The source of a top-level class, or nothing when no folder has it. */
  Optional<Path> sourceOf(JavaClass type) {
    String folder = type.getPackageName().replace('.', '/');
    return type.getSource()
        .flatMap(Source::getFileName)
        .flatMap(
            name ->
                roots.stream()
                    .map(root -> root.resolve(folder).resolve(name))
                    .filter(Files::isRegularFile)
                    .findFirst());
  }

  /** The texts in a source, with escapes as they are written. */
  static Stream<String> in(Path source) {
    try {
      return TOKENS.matcher(Files.readString(source)).results().flatMap(SourceTexts::quoted);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Stream<String> quoted(MatchResult token) {
    return Stream.concat(
        Stream.ofNullable(token.group(1))
            .map(block -> block.substring(block.indexOf('\n') + 1).stripIndent()),
        Stream.ofNullable(token.group(2)));
  }
}
