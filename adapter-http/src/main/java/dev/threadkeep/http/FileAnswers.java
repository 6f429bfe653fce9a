package dev.threadkeep.http;

import dev.threadkeep.application.FileType;
import dev.threadkeep.application.Files;
import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpDateTime;

/**
 * Answers with stored files: whole, in part, or not again. Whoever made a file must not act in the
 * name of this server with it: a browser shows only what is safe, guesses no type, and runs nothing
 * of it.
 */
final class FileAnswers {
  /** Pictures, sound and text are shown by a page that the browser makes around them. */
  private static final String SANDBOX =
      "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self' data:;"
          + " style-src 'unsafe-inline'";

  /**
   * Chromium shows no PDF in a sandbox, nor without the styles of its own. What runs in a PDF runs
   * in the browser's viewer, away from this server's pages and cookies.
   */
  private static final String NO_SCRIPTS =
      "script-src 'none'; object-src 'self'; base-uri 'none'; form-action 'none'";

  /** A file that is replaced as often while it is looked at is given up. */
  private static final int ATTEMPTS = 3;

  private final Files files;

  FileAnswers(Files files) {
    this.files = files;
  }

  /**
   * What a request for a file gets.
   *
   * @param name what it is called when it is saved
   * @param sites pages of which sites may have it in them: {@code same-origin}, {@code
   *     cross-origin}
   */
  CompletionStage<Answer> answer(Call call, BlobKey key, Optional<String> name, String sites) {
    return answer(new Conditions(call.request()), key, new Dress(name, sites), ATTEMPTS);
  }

  /** How a file is served, whichever it is. */
  private record Dress(Optional<String> name, String sites) {
    /** What holds of an answer without the file, too. */
    List<Header> cache(BlobInfo info) {
      return List.of(
          new Header("ETag", Conditions.tag(info)),
          new Header("Last-Modified", HttpDateTime.format(info.modified())),
          new Header("Cache-Control", "private, no-cache"),
          new Header("Cross-Origin-Resource-Policy", sites));
    }

    List<Header> headers(BlobInfo info) {
      FileType type = FileType.of(info.mime());
      List<Header> headers = new ArrayList<>(cache(info));
      headers.add(new Header("Accept-Ranges", "bytes"));
      headers.add(new Header("Content-Type", info.mime()));
      headers.add(new Header("Content-Disposition", type.disposition(name, info.disposition())));
      headers.add(new Header("Content-Security-Policy", type.isPdf() ? NO_SCRIPTS : SANDBOX));
      return headers;
    }
  }

  private CompletionStage<Answer> answer(
      Conditions conditions, BlobKey key, Dress dress, int attempts) {
    return files
        .find(key)
        .thenCompose(
            info -> {
              if (conditions.isKnown(info)) {
                return CompletableFuture.completedStage(
                    new Answer(304, info.mime(), dress.cache(info), JsonBody.none()));
              }
              Optional<ByteRange> part = conditions.part(info);
              if (conditions.isHead()) {
                return CompletableFuture.completedStage(head(info, dress));
              }
              return read(info, part)
                  .thenCompose(
                      content ->
                          content.isPresent()
                              ? CompletableFuture.completedStage(answer(content.get(), part, dress))
                              : again(conditions, key, dress, attempts));
            });
  }

  private CompletionStage<Answer> again(
      Conditions conditions, BlobKey key, Dress dress, int attempts) {
    return attempts > 1
        ? answer(conditions, key, dress, attempts - 1)
        : CompletableFuture.failedStage(
            new RefusedException(Code.UNAVAILABLE, "the file is replaced all the time"));
  }

  /** A part of this very file, or nothing when another has taken its place. */
  private CompletionStage<Optional<BlobContent>> read(BlobInfo info, Optional<ByteRange> part) {
    return files
        .read(info.key(), part.orElse(ByteRange.ALL))
        .thenApply(
            content -> {
              if (content.info().version().equals(info.version())) {
                return Optional.of(content);
              }
              StreamBody.of(content).discard();
              return Optional.<BlobContent>empty();
            })
        .exceptionallyCompose(
            failure ->
                isInvalid(failure)
                    ? CompletableFuture.completedStage(Optional.empty()) // it is shorter now
                    : CompletableFuture.failedStage(failure));
  }

  private static Answer head(BlobInfo info, Dress dress) {
    List<Header> headers = dress.headers(info);
    headers.add(new Header("Content-Length", Long.toString(info.size())));
    return new Answer(200, info.mime(), headers, JsonBody.none());
  }

  private static Answer answer(BlobContent content, Optional<ByteRange> part, Dress dress) {
    BlobInfo info = content.info();
    List<Header> headers = dress.headers(info);
    part.ifPresent(
        range ->
            headers.add(
                new Header(
                    "Content-Range",
                    "bytes %d-%d/%d"
                        .formatted(
                            range.first(), range.first() + content.count() - 1, info.size()))));
    return new Answer(part.isPresent() ? 206 : 200, info.mime(), headers, StreamBody.of(content));
  }

  private static boolean isInvalid(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof DataLayerException error && error.code() == ErrorCode.INVALID;
  }
}
