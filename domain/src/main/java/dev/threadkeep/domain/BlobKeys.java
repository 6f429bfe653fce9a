package dev.threadkeep.domain;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys under which the data layer keeps its files, and what they tell. All of them begin with a
 * prefix, so that a bucket can be shared with others.
 *
 * @param prefix may be empty
 */
public record BlobKeys(String prefix) {
  /** In the place of the user where a thread has no owner, as Chainlit's data layer has it. */
  private static final String NO_OWNER = "unknown";

  /** In the place of the user for texts of steps. An escaped id has no slash, so no user is it. */
  private static final String STEPS = "threadkeep/steps";

  /** A key of more has an id with many slashes, and could be of very many threads. */
  private static final int MOST_PARTS = 12;

  /** Keys that begin with nothing else. */
  public static BlobKeys withoutPrefix() {
    return new BlobKeys("");
  }

  /**
   * The key of an element's file: {@code {prefix}{userId}/{threadId}/{elementId}}, as Chainlit's
   * data layer makes it. A {@code %} or {@code /} inside an id is percent-encoded, so that no two
   * elements share a key; so are the dots of the ids {@code .} and {@code ..}, which stores and
   * browsers would take for steps in a path.
   *
   * @throws DataLayerException {@link ErrorCode#TOO_LARGE} when the key has more than {@value
   *     Limits#KEY_BYTES} bytes
   */
  public BlobKey ofElement(Optional<UserId> owner, ThreadId thread, ElementId element) {
    return of(
        owner.map(user -> escape(user.value())).orElse(NO_OWNER), thread, escape(element.value()));
  }

  /**
   * The key of a large text of a step: {@code {prefix}threadkeep/steps/{threadId}/{name}}.
   *
   * @param name no other text has it
   * @throws DataLayerException as {@link #ofElement}
   */
  public BlobKey ofStep(ThreadId thread, String name) {
    return of(STEPS, thread, escape(name));
  }

  /**
   * Whether a key is one of our form for a file of this thread of this user, whoever made it:
   * others wrote ids as they are.
   */
  public boolean isOf(UserId owner, ThreadId thread, BlobKey key) {
    return Stream.of(
            owner.value() + '/' + thread.value(),
            escape(owner.value()) + '/' + escape(thread.value()))
        .map(ids -> prefix + ids + '/')
        .anyMatch(
            start ->
                key.value().startsWith(start)
                    && key.value().length() > start.length()
                    && key.value().indexOf('/', start.length()) < 0);
  }

  /** What the keys of a user's files begin with, whoever made them. */
  public List<String> prefixesOf(UserId owner) {
    return Stream.of(owner.value(), escape(owner.value()))
        .distinct()
        .map(id -> prefix + id + '/')
        .toList();
  }

  /**
   * The threads that a key can name: none when it is not of our form. Others wrote ids as they are,
   * so an escaped one can stand for itself.
   */
  public List<ThreadId> threadsOf(BlobKey key) {
    List<String> parts = parts(key);
    return parts.isEmpty() ? List.of() : threadsOf(parts);
  }

  /**
   * All threads whose file a key of our form can be: others wrote ids with slashes as they are,
   * too, and then nothing tells where an id ends. Those that {@link #threadsOf} gives come first.
   */
  public List<ThreadId> possibleThreadsOf(BlobKey key) {
    List<String> parts = parts(key);
    Set<ThreadId> threads = new LinkedHashSet<>(threadsOf(key));
    for (int from = 1; from < parts.size() - 1; from++) {
      for (int to = from + 1; to < parts.size(); to++) {
        threads.add(ThreadId.of(String.join("/", parts.subList(from, to))));
      }
    }
    return List.copyOf(threads);
  }

  private static List<ThreadId> threadsOf(List<String> parts) {
    String thread = parts.get(parts.size() - 2);
    return Stream.of(thread, unescape(thread)).distinct().map(ThreadId::of).toList();
  }

  /** What stands between the slashes; empty for a key that is not of our form. */
  private List<String> parts(BlobKey key) {
    if (!key.value().startsWith(prefix)) {
      return List.of();
    }
    List<String> parts = List.of(key.value().substring(prefix.length()).split("/", -1));
    return parts.size() < 3 || parts.size() > MOST_PARTS || parts.contains("") ? List.of() : parts;
  }

  private BlobKey of(String user, ThreadId thread, String name) {
    String key = prefix + user + '/' + escape(thread.value()) + '/' + name;
    Limits.checkBytes(ElementAttributes.OBJECT_KEY.name(), key, Limits.KEY_BYTES);
    return new BlobKey(key);
  }

  private static String escape(String id) {
    return id.equals(".") || id.equals("..")
        ? id.replace(".", "%2E")
        : id.replace("%", "%25").replace("/", "%2F");
  }

  private static String unescape(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEscaped) {
      return part;
    }
  }
}
