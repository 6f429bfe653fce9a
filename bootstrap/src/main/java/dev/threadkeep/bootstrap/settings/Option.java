package dev.threadkeep.bootstrap.settings;

import java.util.Optional;
import java.util.function.Function;

/**
 * One thing that can be configured.
 *
 * @param name what it is called in the environment and in a file
 * @param fallback the name that is read when there is nothing under the first
 * @param whenUnset what holds when nothing is set, as the documentation says it; may be empty
 * @param meaning what it is for, in a line of Markdown
 * @param reader the value of a text, or of none; throws {@link IllegalArgumentException} with what
 *     is wrong: {@code must be …}
 */
public record Option<T>(
    String name,
    Optional<String> fallback,
    String whenUnset,
    String meaning,
    Function<Optional<String>, T> reader) {

  /** An option with a default, written as a user would write it. */
  static <T> Option<T> of(
      String name, String defaultText, String meaning, Function<String, T> parser) {
    return new Option<>(
        name,
        Optional.empty(),
        "`" + defaultText + "`",
        meaning,
        text -> parser.apply(text.map(String::strip).orElse(defaultText)));
  }

  /** An option that need not be set. */
  static <T> Option<Optional<T>> optional(String name, String meaning, Function<String, T> parser) {
    return new Option<>(
        name, Optional.empty(), "", meaning, text -> text.map(String::strip).map(parser));
  }

  /** An option that need not be set, whose text is taken to the letter. */
  static Option<Optional<Secret>> secret(
      String name, String meaning, Function<String, Secret> parser) {
    return new Option<>(name, Optional.empty(), "", meaning, text -> text.map(parser));
  }

  /** This option, with another name to look under. */
  Option<T> orElse(String otherName) {
    return new Option<>(name, Optional.of(otherName), "`" + otherName + "`", meaning, reader);
  }

  /** This option, with words about what holds when it is not set. */
  Option<T> whenUnset(String words) {
    return new Option<>(name, fallback, words, meaning, reader);
  }
}
