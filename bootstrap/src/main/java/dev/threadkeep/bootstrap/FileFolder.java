package dev.threadkeep.bootstrap;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.threadkeep.application.Files;
import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ErrorCode;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;

/** A folder beside an export, with the files of its threads. */
final class FileFolder {
  private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** File systems allow 255 bytes. */
  private static final int NAME_LENGTH = 200;

  private final Path folder;
  private final Files files;

  FileFolder(Path folder, Files files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Stores the files of a thread, each in {@code {thread id}/{element id}}, both percent-encoded;
   * the thread with these paths in the place of addresses. What an earlier export has left there is
   * replaced. A file that is missing leaves an element without one.
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
      BodySubscriber<Path> file = BodySubscribers.ofFile(path, CREATE, WRITE, TRUNCATE_EXISTING);
      content.bytes().subscribe(new InLists(file));
      file.getBody().toCompletableFuture().join();
      return true;
    } catch (IOException failure) {
      throw cannotWrite(path, failure);
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof IOException cause) {
        throw cannotWrite(path, cause);
      } else if (failure.getCause() instanceof DataLayerException missing
          && missing.code() == ErrorCode.NOT_FOUND) {
        return false;
      }
      throw failure;
    }
  }

  private static DataLayerException cannotWrite(Path path, IOException failure) {
    return new DataLayerException(
        ErrorCode.UNAVAILABLE, path + " cannot be written: " + failure, failure);
  }

  /**
   * Nothing that leads out of the folder stays as it is, and no capital letter, which some file
   * systems take for a small one. A name that is longer than they allow becomes folders in folders,
   * whose names end as no other does.
   */
  private static String name(String id) {
    StringBuilder name = new StringBuilder();
    for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
      if (PLAIN.indexOf(each) >= 0) {
        name.append((char) each);
      } else {
        name.append('%').append(HEX.toHexDigits(each));
      }
    }
    return name.toString().replaceAll(".{" + NAME_LENGTH + "}(?=.)", "$0~/");
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
