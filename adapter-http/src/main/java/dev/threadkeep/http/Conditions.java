package dev.threadkeep.http;

import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.ByteRange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpDateTime;

/** Under which conditions a request wants a file, and what of it (RFC 9110, sections 13 and 14). */
final class Conditions {
  private static final Pattern TAG = Pattern.compile("(W/)?(\"[^\"]*\")");

  private final HttpServletRequest request;

  Conditions(HttpServletRequest request) {
    this.request = request;
  }

  /** What a file is called as it is now; no other content of it is ever called so. */
  static String tag(BlobInfo info) {
    return '"' + info.version() + '"';
  }

  /**
   * Whether the caller has the file already.
   *
   * @throws RefusedException when the file is not the one that the caller means
   */
  boolean isKnown(BlobInfo info) {
    checkMeant(info);
    List<String> known = values("If-None-Match");
    return known.isEmpty()
        ? !isModifiedSince("If-Modified-Since", info).orElse(true)
        : names(known, info, true);
  }

  /**
   * The part that is asked for, if it is one and of this file. Only a tag says which file that is:
   * two that are stored within a second have the same date.
   *
   * @throws RefusedException when the file has no such part
   */
  Optional<ByteRange> part(BlobInfo info) {
    List<String> ranges = values("Range");
    List<String> of = values("If-Range");
    return isHead() || ranges.size() != 1 || !(of.isEmpty() || names(of, info, false))
        ? Optional.empty()
        : RequestedRange.of(ranges.get(0), info.size());
  }

  boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  private void checkMeant(BlobInfo info) {
    List<String> meant = values("If-Match");
    boolean isMeant =
        meant.isEmpty()
            ? !isModifiedSince("If-Unmodified-Since", info).orElse(false)
            : names(meant, info, false);
    if (!isMeant) {
      throw new RefusedException(Code.PRECONDITION_FAILED, "the file has changed");
    }
  }

  /** Whether a list of tags has the one of the file, or is a star. */
  private static boolean names(List<String> lists, BlobInfo info, boolean weakCounts) {
    for (String list : lists) {
      Matcher tags = TAG.matcher(list);
      while (tags.find()) {
        if (tags.group(2).equals(tag(info)) && (weakCounts || tags.group(1) == null)) {
          return true;
        }
      }
    }
    return lists.size() == 1 && lists.get(0).strip().equals("*");
  }

  /** In seconds, of which such dates consist; nothing when there is no date. */
  private Optional<Boolean> isModifiedSince(String header, BlobInfo info) {
    List<String> dates = values(header);
    OptionalLong date = dates.size() == 1 ? seconds(dates.get(0)) : OptionalLong.empty();
    return date.isEmpty()
        ? Optional.empty()
        : Optional.of(info.modified().getEpochSecond() > date.getAsLong());
  }

  private static OptionalLong seconds(String date) {
    long millis = HttpDateTime.parseToEpoch(date);
    return millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis / 1_000);
  }

  private List<String> values(String header) {
    return Collections.list(request.getHeaders(header));
  }
}
