package dev.threadkeep.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which of a user's threads are wanted.
 *
 * @param search text that the name of a thread must contain, whatever the case of its letters; a
 *     thread without a name never matches
 * @param feedback value of the {@link Feedback} that some step of the thread must have, 0 or 1
 * @param alsoExpired whether threads whose time is over are wanted, too
 */
public record ThreadFilter(Optional<String> search, OptionalInt feedback, boolean alsoExpired) {
  private static final ThreadFilter ALL =
      new ThreadFilter(Optional.empty(), OptionalInt.empty(), false);

  /** Every thread. */
  public static ThreadFilter all() {
    return ALL;
  }

  /**
   * The threads whose name contains a text; an empty one is contained in every thread, named or
   * not.
   */
  public static ThreadFilter search(String text) {
    return text.isEmpty() ? ALL : new ThreadFilter(Optional.of(text), OptionalInt.empty(), false);
  }

  /** Those of these threads that have this feedback. */
  public ThreadFilter withFeedback(int value) {
    return new ThreadFilter(search, OptionalInt.of(value), alsoExpired);
  }

  /** These, and those whose time is over and that are not removed yet: for whoever removes them. */
  public ThreadFilter withExpired() {
    return new ThreadFilter(search, feedback, true);
  }

  /** Whether a thread of this name is wanted, as far as the name goes. */
  public boolean matches(Optional<String> name) {
    return search
        .map(text -> name.filter(it -> fold(it).contains(fold(text))).isPresent())
        .orElse(true);
  }

  /**
   * The form of a text in which upper and lower case, and the ways to write one character, do not
   * differ.
   */
  public static String fold(String text) {
    // Lower case first: "ẞ" has no upper case, but "ß", its lower case, has one: "SS".
    String folded =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT)
            .replace('ς', 'σ') // which of both it is depends on where the word ends
            .replace("i\u0307", "i"); // from "İ"
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }
}
