package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Files;
import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;

/** A folder beside an export, with the files of its threads. */
final class FileFolder {
  private final Path folder;
  private final Files files;

  FileFolder(Path folder, Files files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Stores the files of a thread, each in {@code {thread id}/{element id}}, both percent-encoded;
   * the thread with these paths in the place of addresses. A file that is missing leaves an element
   * without one.
   */
  Conversation store(Conversation thread) {
    return new Conversation(
        thread.thread(),
        thread.steps(),
        thread.elements().stream().map(this::store).toList(),
        thread.skipped());
  }

  private Element store(Element element) {
    if (element.objectKey().isEmpty()) {
      return element;
    }
    String path = name(element.threadId().value()) + "/" + name(element.id().value());
    Element.Builder stored = Element.builder().from(element);
    return write(element.objectKey().get(), folder.resolve(path))
        ? stored.url(path).build()
        : stored.url(Optional.empty()).build();
  }

  private boolean write(BlobKey key, Path path) {
    try {
      java.nio.file.Files.createDirectories(path.resolveSibling("."));
      BlobContent content = files.read(key, ByteRange.ALL).toCompletableFuture().join();
      BodySubscriber<Path> file = BodySubscribers.ofFile(path);
      content.bytes().subscribe(new InLists(file));
      file.getBody().toCompletableFuture().join();
      return true;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof DataLayerException missing
          && missing.code() == ErrorCode.NOT_FOUND) {
        return false;
      }
      throw failure;
    }
  }

  /** Dots are encoded as well, so that no id leads out of the folder. */
  private static String name(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replaceFirst("^\\.", "%2E");
  }

  /** The JDK writes lists of buffers. */
  private record InLists(Flow.Subscriber<List<ByteBuffer>> file)
      implements Flow.Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      file.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer part) {
      file.onNext(List.of(part));
    }

    @Override
    public void onError(Throwable failure) {
      file.onError(failure);
    }

    @Override
    public void onComplete() {
      file.onComplete();
    }
  }
}
