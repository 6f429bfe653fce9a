package dev.threadkeep.application;

import dev.threadkeep.domain.ElementType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What follows from the content type of a file: what element it makes, and whether a browser may
 * show it.
 *
 * @param name the type without its parameters, in small letters; empty for what is no type
 */
public record FileType(String name) {
  private static final FileType PDF = new FileType("application/pdf");
  private static final FileType PLAIN_TEXT = new FileType("text/plain");

  /**
   * As strict as RFC 9110, for who reads one type where a browser reads another decides about the
   * wrong one: of {@code video/mp4, text/html} a browser takes the last.
   *
   * <p>Possessive, for a type may have thousands of spaces and parameters, and anybody may send
   * one.
   */
  private static final Pattern MEDIA_TYPE =
      Pattern.compile(
          "([\\w!#$&^.+-]++/[\\w!#$&^.+-]++)"
              + "(?:\\s*+;\\s*+[\\w!#$&^.+-]++=(?:[\\w!#$&^.+-]++|\"[^\",\\\\]*+\"))*+"
              + "\\s*+;?+\\s*+");

  private static final Pattern ATTACHMENT =
      Pattern.compile("attachment\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

  /** Images that run nothing; SVG does, and is not one of them. */
  private static final Set<String> IMAGES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp");

  /** The type that a {@code Content-Type} says. */
  public static FileType of(String mime) {
    Matcher type = MEDIA_TYPE.matcher(mime.strip());
    return new FileType(type.matches() ? type.group(1).toLowerCase(Locale.ROOT) : "");
  }

  /**
   * Whether a browser that shows the file runs nothing of whoever made it. A PDF may have scripts:
   * browsers run them, if at all, where they reach nothing of the site.
   */
  public boolean isSafeInline() {
    return IMAGES.contains(name) || isOf("audio") || isOf("video") || equals(PLAIN_TEXT) || isPdf();
  }

  public boolean isPdf() {
    return equals(PDF);
  }

  /**
   * The {@code Content-Disposition} of such a file: shown where that is safe, else saved.
   *
   * @param fileName what to call it when it is saved, if that is known
   */
  public String disposition(Optional<String> fileName) {
    return (isSafeInline() ? "inline" : "attachment")
        + fileName.map(FileName::of).map(FileName::parameters).orElse("");
  }

  /**
   * The {@code Content-Disposition} to serve such a file with: the one that it was stored with, if
   * nobody knows what to call it now, and unless that would show what is not safe.
   */
  public String disposition(Optional<String> fileName, Optional<String> stored) {
    return stored
        .filter(it -> fileName.isEmpty())
        .filter(it -> isSafeInline() || ATTACHMENT.matcher(it).matches())
        .orElseGet(() -> disposition(fileName));
  }

  /** What element a file of this type is. */
  ElementType elementType() {
    if (isOf("image")) {
      return ElementType.IMAGE;
    } else if (isOf("audio")) {
      return ElementType.AUDIO;
    } else if (isOf("video")) {
      return ElementType.VIDEO;
    } else if (isPdf()) {
      return ElementType.PDF;
    }
    return equals(PLAIN_TEXT) ? ElementType.TEXT : ElementType.FILE;
  }

  private boolean isOf(String family) {
    return name.startsWith(family + "/");
  }
}
