package dev.threadkeep.s3;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Gives the answer to a request as soon as its bytes can be read. */
final class DownloadTransformer implements AsyncResponseTransformer<GetObjectResponse, Download> {
  private final Function<Throwable, Throwable> translation;

  private volatile CompletableFuture<Download> answer = new CompletableFuture<>();
  private volatile @Nullable GetObjectResponse response;
  private volatile @Nullable Download begun;

  DownloadTransformer(Function<Throwable, Throwable> translation) {
    this.translation = translation;
  }

  /** Begins an attempt to send the request. */
  @Override
  public CompletableFuture<Download> prepare() {
    answer = new CompletableFuture<>();
    return answer;
  }

  @Override
  public void onResponse(GetObjectResponse given) {
    response = given;
  }

  @Override
  public void onStream(SdkPublisher<ByteBuffer> bytes) {
    GetObjectResponse headers = response;
    if (headers != null) {
      Download download = new Download(headers, bytes, translation);
      begun = download;
      answer.complete(download);
    }
  }

  @Override
  public void exceptionOccurred(Throwable error) {
    Download broken = begun;
    if (broken == null) {
      answer.completeExceptionally(error);
    } else {
      broken.fail(error);
    }
  }
}
