package dev.threadkeep.application;

import dev.threadkeep.application.Difference.Kind;
import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.UploadOptions.Existing;
import dev.threadkeep.domain.port.BlobStore;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Copies files as streams, and compares them to the byte. A file that is there is never replaced.
 */
final class FileCopy {
  private final Optional<BlobStore> source;
  private final Optional<BlobStore> target;
  private final Copy.Mode mode;
  private final CopyReport report;

  FileCopy(
      Optional<BlobStore> source, Optional<BlobStore> target, Copy.Mode mode, CopyReport report) {
    this.source = source;
    this.target = target;
    this.mode = mode;
    this.report = report;
  }

  /**
   * What became of a file.
   *
   * @param isInTheWay whether the target has another file under the key, so that nothing may refer
   *     to it
   */
  record Result(CopyTally tally, boolean isInTheWay) {
    static final Result NONE = new Result(CopyTally.NONE, false);
  }

  /**
   * Copies a file, unless it is there.
   *
   * @param what whose file it is
   */
  CompletionStage<Result> copy(String what, BlobKey from, BlobKey to) {
    if (source.isEmpty() || target.isEmpty()) {
      return CompletableFuture.completedStage(
          lost(
              what,
              from,
              "no files are configured at the " + (source.isEmpty() ? "source" : "target")));
    }
    return source
        .get()
        .find(from)
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedStage(lost(what, from, "it is missing"))
                    : copy(what, found.get(), to))
        .exceptionallyCompose(
            failure ->
                report
                    .refused(what + ", file " + from, failure)
                    .thenApply(tally -> new Result(tally, true)));
  }

  private CompletionStage<Result> copy(String what, BlobInfo from, BlobKey to) {
    CopyTally seen = CopyTally.source(Amounts.file(from.size()));
    return target
        .orElseThrow()
        .find(to)
        .thenCompose(
            there -> {
              if (there.isPresent()) {
                return compare(what, from, there.get());
              }
              return mode == Copy.Mode.REHEARSAL
                  ? CompletableFuture.completedStage(
                      new Result(CopyTally.copied(Amounts.file(from.size())), false))
                  : upload(what, from, to);
            })
        .thenApply(result -> new Result(seen.plus(result.tally()), result.isInTheWay()));
  }

  private CompletionStage<Result> upload(String what, BlobInfo from, BlobKey to) {
    return source
        .orElseThrow()
        .read(from.key(), ByteRange.ALL)
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedStage(lost(what, from.key(), "it is missing"))
                    : upload(what, found.get(), to));
  }

  private CompletionStage<Result> upload(String what, BlobContent content, BlobKey to) {
    BlobInfo from = content.info();
    HashedBytes bytes = new HashedBytes(content.bytes());
    UploadOptions options =
        new UploadOptions(
            from.mime(), from.disposition(), Existing.KEEP, OptionalLong.of(content.count()));
    return target
        .orElseThrow()
        .upload(to, bytes, options)
        .thenCompose(size -> hash(target.orElseThrow(), to))
        .thenApply(
            hash ->
                hash.equals(Optional.of(bytes.hash()))
                    ? arrived(from.size())
                    : notArrived(what, to))
        .exceptionallyCompose(
            failure ->
                Stages.isFailedWith(ErrorCode.ALREADY_EXISTS, failure)
                    ? compareNow(what, from, to) // perhaps the answer to an upload was lost
                    : CompletableFuture.failedStage(failure));
  }

  private static Result arrived(long size) {
    Amounts file = Amounts.file(size);
    return new Result(CopyTally.copied(file).plus(CopyTally.target(file)), false);
  }

  private CompletionStage<Result> compareNow(String what, BlobInfo from, BlobKey to) {
    return target
        .orElseThrow()
        .find(to)
        .thenCompose(
            there ->
                there.isPresent()
                    ? compare(what, from, there.get())
                    : CompletableFuture.completedStage(notArrived(what, to)));
  }

  private CompletionStage<Result> compare(String what, BlobInfo from, BlobInfo there) {
    boolean mayBeSame =
        from.size() == there.size()
            && from.mime().equals(there.mime())
            && from.disposition().equals(there.disposition());
    CompletionStage<Boolean> same =
        mayBeSame
            ? hash(source.orElseThrow(), from.key())
                .thenCombine(hash(target.orElseThrow(), there.key()), Optional::equals)
            : CompletableFuture.completedStage(false);
    CopyTally target = CopyTally.target(Amounts.file(there.size()));
    return same.thenApply(
        isSame ->
            isSame
                ? new Result(target, false)
                : new Result(
                    target.plus(report.found(Kind.CONFLICT, what + ", file " + there.key())),
                    true));
  }

  private static CompletionStage<Optional<String>> hash(BlobStore store, BlobKey key) {
    return store
        .read(key, ByteRange.ALL)
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedStage(Optional.<String>empty())
                    : HashedBytes.hash(found.get().bytes()).thenApply(Optional::of));
  }

  private Result notArrived(String what, BlobKey file) {
    return new Result(report.found(Kind.NOT_ARRIVED, what + ", file " + file), true);
  }

  private Result lost(String what, BlobKey file, String reason) {
    return new Result(report.found(Kind.LOST_FILE, what + ", file " + file, reason), false);
  }
}
