package dev.threadkeep.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The cookie that holds a person's token, read and written as Chainlit does: one cookie, or for a
 * long token several that are called {@code access_token_0}, {@code access_token_1} and so on.
 */
final class AuthCookies {
  private static final String SET_COOKIE = "Set-Cookie";
  private static final int CHUNK_CHARACTERS = 3_000;

  /** More chunks than a request has room for; clearing each takes room in the answer. */
  private static final String CHUNK_NUMBER = "_[0-9]{1,2}";

  private final String name;
  private final String attributes;

  AuthCookies(HttpConfig config) {
    name = config.cookieName();
    boolean secure =
        config.cookieSameSite() == HttpConfig.SameSite.NONE
            || config
                .publicUrl()
                .filter(url -> "https".equalsIgnoreCase(url.getScheme()))
                .isPresent();
    attributes =
        "; Path=/; HttpOnly; SameSite="
            + config.cookieSameSite().attribute()
            + (secure ? "; Secure" : "");
  }

  /** The token that the request's cookies hold, whole or in chunks. */
  Optional<String> token(HttpServletRequest request) {
    Map<String, String> cookies = cookies(request);
    String whole = cookies.getOrDefault(name, "");
    if (!whole.isEmpty()) {
      return Optional.of(whole);
    }
    StringBuilder joined = new StringBuilder();
    for (int i = 0; cookies.containsKey(chunk(i)); i++) {
      joined.append(cookies.get(chunk(i)));
    }
    return Optional.of(joined.toString()).filter(token -> !token.isEmpty());
  }

  /** Headers that set the cookie and clear what is left of an earlier one. */
  List<Header> set(String token, Duration validity, HttpServletRequest request) {
    Map<String, String> parts = split(token);
    List<Header> headers = new ArrayList<>();
    parts.forEach((part, value) -> headers.add(cookie(part, value, validity)));
    Set<String> old = own(request);
    old.removeAll(parts.keySet());
    old.forEach(part -> headers.add(cookie(part, "", Duration.ZERO)));
    return headers;
  }

  /** Headers that clear the cookie and its chunks. */
  List<Header> clear(HttpServletRequest request) {
    return own(request).stream().map(part -> cookie(part, "", Duration.ZERO)).toList();
  }

  private Map<String, String> split(String token) {
    Map<String, String> parts = new LinkedHashMap<>();
    if (token.length() <= CHUNK_CHARACTERS) {
      parts.put(name, token);
      return parts;
    }
    for (int start = 0; start < token.length(); start += CHUNK_CHARACTERS) {
      int end = Math.min(start + CHUNK_CHARACTERS, token.length());
      parts.put(chunk(parts.size()), token.substring(start, end));
    }
    return parts;
  }

  private Set<String> own(HttpServletRequest request) {
    Set<String> own = new TreeSet<>(cookies(request).keySet());
    own.removeIf(
        cookie -> !cookie.equals(name) && !cookie.matches("\\Q" + name + "\\E" + CHUNK_NUMBER));
    return own;
  }

  /** Of two cookies of one name the last counts, as in Chainlit. */
  private static Map<String, String> cookies(HttpServletRequest request) {
    Map<String, String> cookies = new LinkedHashMap<>();
    if (request.getCookies() != null) {
      for (Cookie cookie : request.getCookies()) {
        cookies.put(cookie.getName(), cookie.getValue());
      }
    }
    return cookies;
  }

  private Header cookie(String part, String value, Duration validity) {
    return new Header(
        SET_COOKIE, part + "=" + value + "; Max-Age=" + validity.toSeconds() + attributes);
  }

  private String chunk(int index) {
    return name + "_" + index;
  }
}
