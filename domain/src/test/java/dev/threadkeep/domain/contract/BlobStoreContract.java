package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.port.BlobStore;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link BlobStore} does, be it a folder, S3 or Azure Blob Storage. */
public interface BlobStoreContract {
  /** The store; the same or another one at each call, on the same files. */
  BlobStore blobs();

  @Test
  default void findAndReadShouldBeEmptyWhenThereIsNoFile() {
    BlobKey key = key();

    assertThat(find(key)).isEmpty();
    assertThat(Await.result(blobs().read(key, ByteRange.ALL))).isEmpty();
    assertThat(Await.result(blobs().read(key, ByteRange.from(3)))).isEmpty();
  }

  @Test
  default void uploadShouldStoreBytes() {
    BlobKey key = key();

    long size =
        Await.result(blobs().upload(key, buffer("näive 😀"), UploadOptions.of("text/plain")));

    assertThat(size).isEqualTo(11);
    assertStored(key, 11, "text/plain");
    assertThat(text(key)).isEqualTo("näive 😀");
  }

  @Test
  default void uploadShouldStoreWhatRemainsOfABuffer() {
    BlobKey key = key();
    ByteBuffer part = buffer("0123456789").position(2).limit(5);
    ByteBuffer direct = ByteBuffer.allocateDirect(3).put(buffer("abc")).flip();

    assertThat(Await.result(blobs().upload(key, part, UploadOptions.of("a/b")))).isEqualTo(3);
    assertThat(text(key)).isEqualTo("234");
    Await.result(blobs().upload(key, direct.asReadOnlyBuffer(), UploadOptions.of("a/b")));
    assertThat(text(key)).isEqualTo("abc");
  }

  @Test
  default void uploadShouldStoreAStreamOfUnknownLength() {
    BlobKey key = key();
    byte[] bytes = random(200_000);

    long size =
        Await.result(blobs().upload(key, Chunks.of(bytes, 7_000), UploadOptions.of("image/png")));

    assertThat(size).isEqualTo(bytes.length);
    assertStored(key, bytes.length, "image/png");
    assertThat(bytes(key)).isEqualTo(bytes);
  }

  @Test
  default void anEmptyFileShouldBeAFile() {
    BlobKey ofBytes = key();
    BlobKey ofStream = key();

    Await.result(blobs().upload(ofBytes, ByteBuffer.allocate(0), UploadOptions.of("a/b")));
    Await.result(blobs().upload(ofStream, Chunks.of(new byte[0], 1), UploadOptions.of("a/b")));

    for (BlobKey key : List.of(ofBytes, ofStream)) {
      assertStored(key, 0, "a/b");
      assertThat(bytes(key)).isEmpty();
    }
  }

  @Test
  default void aLargeStreamShouldNeverBeWholeInMemory() {
    BlobKey key = key();
    byte[] bytes = random(10 * 1_024 * 1_024 + 1);
    Chunks chunks = Chunks.of(bytes, 64 * 1_024);

    long size = Await.result(blobs().upload(key, chunks, UploadOptions.of("video/mp4")));

    assertThat(size).isEqualTo(bytes.length);
    assertThat(chunks.wasAskedForEverything()).as("asked for all chunks at once").isFalse();
    ByteCollector collector = ByteCollector.subscribe(read(key));
    assertThat(Await.result(collector.bytes())).isEqualTo(bytes);
    assertThat(collector.chunks()).isGreaterThan(1);
  }

  @Test
  default void aReadThatIsCancelledShouldDisturbNothing() {
    BlobKey key = key();
    byte[] bytes = random(3 * 1_024 * 1_024);
    Await.result(blobs().upload(key, ByteBuffer.wrap(bytes), UploadOptions.of("a/b")));

    byte[] start = Await.result(ByteCollector.subscribe(read(key), 1).bytes());

    assertThat(start.length).isBetween(1, bytes.length);
    assertThat(bytes).startsWith(start);
    assertThat(bytes(key)).isEqualTo(bytes);
    Await.result(blobs().delete(key));
    assertThat(find(key)).isEmpty();
  }

  @Test
  default void uploadShouldOverwrite() {
    BlobKey key = key();
    Await.result(blobs().upload(key, buffer("a longer text"), UploadOptions.of("text/plain")));

    Await.result(blobs().upload(key, buffer("short"), UploadOptions.of("text/html")));
    assertStored(key, 5, "text/html");
    assertThat(text(key)).isEqualTo("short");

    Await.result(blobs().upload(key, chunks("a stream"), UploadOptions.of("text/css")));
    assertStored(key, 8, "text/css");
    assertThat(text(key)).isEqualTo("a stream");
  }

  @Test
  default void uploadShouldKeepWhatIsThereWhenToldTo() {
    BlobKey key = key();
    UploadOptions keep = UploadOptions.of("text/css").keepExisting();
    assertThat(Await.result(blobs().upload(key, buffer("first"), keep))).isEqualTo(5);
    BlobKey other = key();
    assertThat(Await.result(blobs().upload(other, chunks("stream"), keep))).isEqualTo(6);

    assertThat(Await.failure(() -> blobs().upload(key, buffer("second"), keep)).code())
        .isEqualTo(ErrorCode.ALREADY_EXISTS);
    assertThat(Await.failure(() -> blobs().upload(key, chunks("third"), keep)).code())
        .isEqualTo(ErrorCode.ALREADY_EXISTS);
    assertStored(key, 5, "text/css");
    assertThat(text(key)).isEqualTo("first");
  }

  @Test
  default void ofConcurrentUploadsThatKeepOneShouldWin() {
    BlobKey key = key();
    UploadOptions keep = UploadOptions.of("text/css").keepExisting();
    List<CompletionStage<Boolean>> uploads =
        IntStream.range(0, 6)
            .mapToObj(i -> blobs().upload(key, buffer("content " + i), keep))
            .map(upload -> upload.handle((info, error) -> error == null))
            .toList();
    List<Boolean> won = Await.results(uploads);

    assertThat(won).containsOnlyOnce(true);
    assertThat(text(key)).isEqualTo("content " + won.indexOf(true));
  }

  @Test
  default void concurrentUploadsOfOneKeyShouldLeaveOneOfThemWhole() {
    BlobKey key = key();
    List<byte[]> contents = IntStream.range(0, 6).mapToObj(i -> random(200_000 + i)).toList();
    Await.results(
        contents.stream()
            .map(it -> blobs().upload(key, Chunks.of(it, 50_000), UploadOptions.of("a/b")))
            .toList());

    byte[] stored = bytes(key);
    assertThat(contents).contains(stored);
    assertThat(find(key)).map(BlobInfo::size).contains((long) stored.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100_000, 12_000_000})
  default void aPublisherThatFailsShouldLeaveWhatWasThere(int bytesBefore) {
    byte[] partial = random(bytesBefore);
    RuntimeException broken = new IllegalStateException("the client went away");
    BlobKey taken = key();
    BlobKey free = key();
    Await.result(blobs().upload(taken, buffer("before"), UploadOptions.of("text/plain")));

    for (BlobKey key : List.of(taken, free)) {
      DataLayerException error =
          Await.failure(
              () ->
                  blobs()
                      .upload(
                          key, Chunks.failing(partial, 64_000, broken), UploadOptions.of("a/b")));
      assertThat(error).hasRootCause(broken);
    }

    assertStored(taken, 6, "text/plain");
    assertThat(text(taken)).isEqualTo("before");
    assertThat(find(free)).isEmpty();
  }

  @Test
  default void anErrorOfOursInAPublisherShouldComeThrough() {
    BlobKey key = key();
    DataLayerException tooLarge = Limits.tooLarge("content", 11, 10);

    Await.refused(
        ErrorCode.TOO_LARGE,
        "content: 11 bytes, at most 10",
        () ->
            blobs()
                .upload(key, Chunks.failing(random(100), 10, tooLarge), UploadOptions.of("a/b")));
    assertThat(find(key)).isEmpty();
  }

  @Test
  default void mimeShouldBeKeptAsItIs() {
    for (String mime :
        List.of(
            "text/plain; charset=utf-8",
            "application/octet-stream",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "image/svg+xml")) {
      BlobKey key = key();
      Await.result(blobs().upload(key, buffer("x"), UploadOptions.of(mime)));
      assertThat(find(key)).map(BlobInfo::mime).contains(mime);
    }
  }

  @Test
  default void aDispositionShouldBeKept() {
    BlobKey key = key();
    UploadOptions options =
        UploadOptions.of("text/plain")
            .disposition("attachment; filename=\"a b.txt\"; filename*=UTF-8''%F0%9F%98%80.txt");

    Await.result(blobs().upload(key, buffer("bytes"), options));
    assertThat(text(key)).isEqualTo("bytes");
    assertThat(find(key).flatMap(BlobInfo::disposition)).isEqualTo(options.disposition());
    Await.result(blobs().upload(key, chunks("stream"), options));
    assertThat(text(key)).isEqualTo("stream");
    assertThat(find(key).flatMap(BlobInfo::disposition)).isEqualTo(options.disposition());
    put(key, "without one");
    assertThat(find(key).flatMap(BlobInfo::disposition)).isEmpty();
  }

  @Test
  default void deleteShouldBeIdempotent() {
    BlobKey key = key();
    BlobKey other = key();
    Await.result(blobs().upload(key, buffer("a"), UploadOptions.of("a/b")));
    Await.result(blobs().upload(other, buffer("b"), UploadOptions.of("a/b")));

    Await.result(blobs().delete(key));
    Await.result(blobs().delete(key));
    Await.result(blobs().delete(key()));

    assertThat(find(key)).isEmpty();
    assertThat(Await.result(blobs().read(key, ByteRange.ALL))).isEmpty();
    assertThat(text(other)).isEqualTo("b");
    Await.result(blobs().upload(key, buffer("again"), UploadOptions.of("a/b")));
    assertThat(text(key)).isEqualTo("again");
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#ids")
  default void theKeyOfAnyElementShouldBeAKeyLikeAnyOther(String id) {
    BlobKey key =
        BlobKeys.withoutPrefix()
            .ofElement(Optional.of(UserId.of(id)), ThreadId.of("t"), ElementId.of(id));

    assertKept(key, "text " + id);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "...", "a.", "CON", "-", "~", "%2E%2E"})
  default void keysOfElementsThatLookLikePathsShouldBeKeysLikeAnyOther(String id) {
    String thread = Fresh.text();
    BlobKey key =
        BlobKeys.withoutPrefix()
            .ofElement(Optional.of(UserId.of(id)), ThreadId.of(thread), ElementId.of(id));

    assertKept(key, "text " + id);
  }

  @Test
  default void aKeyMayBeAsLongAsAllowedAndNoLonger() {
    String start = Fresh.text() + "/";
    int rest = Limits.KEY_BYTES - start.length();
    assertKept(BlobKey.of(start + "x".repeat(rest)), "one name");
    assertKept(BlobKey.of(start + "a/".repeat(rest / 2) + "x"), "many names");
    assertKept(BlobKey.of(start + "😀".repeat(rest / 4)), "emoji");

    BlobKey tooLong = BlobKey.of(start + "x".repeat(rest + 1));
    for (BlobKey key : List.of(tooLong, BlobKey.of(start + "é".repeat(rest / 2 + 1)))) {
      DataLayerException bytes =
          Await.failure(() -> blobs().upload(key, buffer("x"), UploadOptions.of("a/b")));
      DataLayerException stream =
          Await.failure(() -> blobs().upload(key, chunks("x"), UploadOptions.of("a/b")));
      for (DataLayerException error : List.of(bytes, stream)) {
        assertThat(error.code()).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(error).hasMessageMatching("(?i).*key: 1,02[56] bytes, at most 1,024");
      }
      assertThat(Await.found(blobs().find(key))).isEmpty();
    }
  }

  @Test
  default void strangeKeysShouldBeKeptOrRefusedButMeanNoOtherFile() {
    String id = Fresh.text();
    List<BlobKey> plain =
        Stream.of(id, id + "/x", "x/" + id, id + "/x/y", id + "x").map(BlobKey::of).toList();
    List<BlobKey> strange =
        Stream.of(
                "/" + id,
                "//" + id,
                id + "/",
                id + "//x",
                id + "/./x",
                "./" + id,
                id + "/x/.",
                "x/../" + id,
                "../" + id,
                id + "/../" + id,
                id + "/..",
                id + "/x/",
                id + "\\x",
                id + "%2Fx",
                id + "%2fx",
                id + "#x",
                id + "?x",
                id + "?",
                id + "#",
                id + " ",
                " " + id,
                id + ".",
                id + "\u0000",
                id + "\n",
                id + ":x",
                id + "*",
                id + "\ufffd",
                id + "é",
                id + "e\u0301",
                id.toUpperCase(Locale.ROOT) + "X")
            .map(BlobKey::of)
            .toList();
    plain.forEach(key -> put(key, key.value()));

    List<BlobKey> kept = strange.stream().filter(this::isKept).toList();

    Stream.concat(plain.stream(), kept.stream())
        .forEach(key -> assertThat(text(key)).as(key.value()).isEqualTo(key.value()));
    kept.forEach(key -> Await.result(blobs().delete(key)));
    plain.forEach(key -> assertThat(text(key)).isEqualTo(key.value()));
    strange.forEach(key -> assertThat(Await.found(blobs().find(key))).as(key.value()).isEmpty());
  }

  @Test
  default void aKeyWithHalfACharacterShouldBeNoOtherFile() {
    String id = Fresh.text();
    BlobKey half = BlobKey.of(id + Hostile.HALF_A_CHARACTER);
    put(BlobKey.of(id + "?"), "a");
    put(BlobKey.of(id + "\ufffd"), "b");

    assertThat(
            Await.failure(() -> blobs().upload(half, buffer("x"), UploadOptions.of("a/b"))).code())
        .isEqualTo(ErrorCode.INVALID);
    assertThat(Await.found(blobs().find(half))).isEmpty();
    assertThat(Await.found(blobs().read(half, ByteRange.ALL))).isEmpty();
    Await.found(blobs().delete(half).thenApply(deleted -> Optional.of(half)));
    assertThat(text(BlobKey.of(id + "?"))).isEqualTo("a");
    assertThat(text(BlobKey.of(id + "\ufffd"))).isEqualTo("b");
  }

  @Test
  default void readUrlShouldBeAnAddressOfItsOwnForEachKey() {
    List<String> ids = Hostile.ids().map(Named::getPayload).toList();
    List<URI> urls =
        Stream.concat(ids.stream(), Stream.of("a/b", "a%2Fb", "a%252Fb", "a b", "a+b", "a%20b"))
            .map(id -> Await.result(blobs().readUrl(BlobKey.of(id))))
            .toList();

    assertThat(urls).doesNotHaveDuplicates().allMatch(URI::isAbsolute);
    assertThat(urls).extracting(url -> url.toASCIIString()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 70_000, 6_000_000})
  default void anAnnouncedSizeShouldBeHeldTo(int size) {
    byte[] bytes = random(size);
    BlobKey key = key();
    UploadOptions options = UploadOptions.of("a/b").size(size);

    assertThat(Await.result(blobs().upload(key, Chunks.of(bytes, 64_000), options)))
        .isEqualTo(size);
    assertThat(bytes(key)).isEqualTo(bytes);

    BlobKey other = key();
    for (long announced : List.of(size + 1L, size + 9_000_000L, size - 1L)) {
      UploadOptions wrong = UploadOptions.of("a/b").size(Math.max(announced, size == 0 ? 1 : 0));
      Await.refused(
          ErrorCode.INVALID,
          "content: ",
          () -> blobs().upload(other, Chunks.of(bytes, 64_000), wrong));
      Await.refused(
          ErrorCode.INVALID,
          "content: ",
          () -> blobs().upload(other, ByteBuffer.wrap(bytes), wrong));
      assertThat(find(other)).isEmpty();
    }
  }

  @Test
  default void aPartShouldBeReadAlone() {
    BlobKey key = key();
    byte[] bytes = random(200_000);
    Await.result(blobs().upload(key, ByteBuffer.wrap(bytes), UploadOptions.of("video/mp4")));

    for (ByteRange range :
        List.of(
            ByteRange.ALL,
            new ByteRange(0, 1),
            new ByteRange(0, 200_000),
            new ByteRange(0, 200_001),
            new ByteRange(70_000, 65_536),
            ByteRange.from(0),
            ByteRange.from(100_000),
            ByteRange.from(199_999),
            new ByteRange(199_999, 5))) {
      BlobContent part = Await.result(blobs().read(key, range)).orElseThrow();
      int end = (int) Math.min(bytes.length, range.first() + Math.min(range.count(), bytes.length));

      assertThat(part.info()).as(range.toString()).isEqualTo(find(key).orElseThrow());
      assertThat(part.count()).isEqualTo(end - range.first());
      assertThat(Await.result(ByteCollector.subscribe(part.bytes()).bytes()))
          .isEqualTo(Arrays.copyOfRange(bytes, (int) range.first(), end));
    }
  }

  @Test
  default void aPartBehindTheEndShouldBeRefused() {
    BlobKey key = key();
    BlobKey empty = key();
    Await.result(blobs().upload(key, buffer("0123456789"), UploadOptions.of("a/b")));
    Await.result(blobs().upload(empty, buffer(""), UploadOptions.of("a/b")));

    Await.refused(
        ErrorCode.INVALID, "range: begins at byte 10", () -> blobs().read(key, ByteRange.from(10)));
    Await.refused(
        ErrorCode.INVALID,
        "range: begins at byte 11",
        () -> blobs().read(key, new ByteRange(11, 1)));
    Await.refused(
        ErrorCode.INVALID,
        "range: begins at byte 0",
        () -> blobs().read(empty, new ByteRange(0, 1)));
  }

  @Test
  default void theVersionShouldChangeWithEachUpload() {
    BlobKey key = key();
    Set<String> versions = new HashSet<>();
    for (String content : List.of("aaa", "bbb", "aab", "bba")) {
      Await.result(blobs().upload(key, buffer(content), UploadOptions.of("a/b")));
      BlobInfo info = find(key).orElseThrow();

      assertThat(info.version()).matches("[!-~&&[^\"]]+");
      assertThat(find(key)).contains(info);
      versions.add(info.version());
    }
    assertThat(versions).hasSize(4);
  }

  @Test
  default void listShouldGiveTheFilesOfAPrefixAlone() {
    String folder = Fresh.text() + "/";
    List<String> names =
        List.of("a", "a/b", "a/b/c", "b", "ä 😀#", "a%2Fb", "A", "+", "a+b", "a&b=<c>\"'", "~");
    names.forEach(name -> put(BlobKey.of(folder + name), name));
    put(BlobKey.of(folder.substring(1) + "x"), "another folder");

    assertThat(list(folder))
        .extracting(BlobEntry::key)
        .containsExactlyInAnyOrderElementsOf(
            names.stream().map(name -> BlobKey.of(folder + name)).toList());
    assertThat(list(folder + "a/b"))
        .extracting(BlobEntry::key)
        .containsExactlyInAnyOrder(BlobKey.of(folder + "a/b"), BlobKey.of(folder + "a/b/c"));
    assertThat(list(folder + "x")).isEmpty();
    assertThat(list(""))
        .filteredOn(entry -> entry.key().value().startsWith(folder))
        .hasSize(names.size());
    assertThat(list(folder + "b").get(0))
        .satisfies(
            entry -> {
              BlobInfo info = find(entry.key()).orElseThrow();
              assertThat(entry).isEqualTo(new BlobEntry(info.key(), 1, info.modified()));
            });
  }

  @Test
  default void manyFilesShouldBeListedInPagesAndDeletedTogether() {
    String folder = Fresh.text() + "/";
    List<BlobKey> keys =
        IntStream.range(0, BlobStore.PAGE + 5).mapToObj(i -> BlobKey.of(folder + i)).toList();
    Await.all(
        keys.stream()
            .map(
                it ->
                    (Supplier<CompletionStage<Long>>)
                        () -> blobs().upload(it, buffer("x"), UploadOptions.of("a/b")))
            .toList());
    BlobKey other = key();
    put(other, "other");

    Page<BlobEntry> first = Await.result(blobs().list(folder, Optional.empty()));
    assertThat(first.items()).hasSizeLessThanOrEqualTo(BlobStore.PAGE);
    assertThat(first.next()).isPresent();
    assertThat(list(folder)).extracting(BlobEntry::key).containsExactlyInAnyOrderElementsOf(keys);

    List<BlobKey> gone = new ArrayList<>(keys);
    gone.add(7, key()); // one that was never there
    List<WriteResult<BlobKey>> results = Await.result(blobs().deleteAll(gone));
    assertThat(results).extracting(WriteResult::id).isEqualTo(gone);
    assertThat(results).allMatch(it -> it.error().isEmpty());
    assertThat(list(folder)).isEmpty();
    assertThat(text(other)).isEqualTo("other");
  }

  @Test
  default void deleteAllShouldTakeStrangeKeysAndNone() {
    assertThat(Await.result(blobs().deleteAll(List.of()))).isEmpty();
    List<BlobKey> keys =
        Stream.concat(
                Hostile.ids().map(Named::getPayload),
                Stream.of("a&b<c>\"'", "a\u0001b", "half " + Hostile.HALF_A_CHARACTER, "a//b"))
            .map(id -> BlobKey.of(Fresh.text() + id))
            .toList();
    List<BlobKey> kept = keys.stream().filter(this::isKept).toList();

    List<WriteResult<BlobKey>> results = Await.result(blobs().deleteAll(keys));

    assertThat(results).extracting(WriteResult::id).isEqualTo(keys);
    assertThat(results)
        .filteredOn(it -> kept.contains(it.id()))
        .allMatch(it -> it.error().isEmpty());
    keys.forEach(key -> assertThat(Await.found(blobs().find(key))).as(key.value()).isEmpty());
  }

  @Test
  default void aCursorOfNoListShouldBeRefused() {
    Await.refused(
        ErrorCode.INVALID,
        "cursor: ",
        () -> blobs().list("x", Optional.of(Cursor.of("\u0000 no cursor"))));
  }

  /** All pages of a listing. */
  private List<BlobEntry> list(String prefix) {
    return Await.pages(after -> blobs().list(prefix, after));
  }

  private void assertStored(BlobKey key, long size, String mime) {
    BlobInfo info = find(key).orElseThrow();
    assertThat(List.of(info.key(), info.size(), info.mime())).isEqualTo(List.of(key, size, mime));
    assertThat(info.modified()).isBetween(Instant.EPOCH, Instant.now().plusSeconds(60));
  }

  private void assertKept(BlobKey key, String text) {
    put(key, text);
    assertThat(find(key)).map(BlobInfo::key).contains(key);
    assertThat(text(key)).isEqualTo(text);
    Await.result(blobs().delete(key));
    assertThat(find(key)).isEmpty();
  }

  /** Puts the key's own text under it, if the store takes the key. */
  private boolean isKept(BlobKey key) {
    try {
      put(key, key.value());
      return true;
    } catch (DataLayerException refused) {
      assertThat(refused.code()).as(key.value()).isEqualTo(ErrorCode.INVALID);
      return false;
    }
  }

  private void put(BlobKey key, String text) {
    Await.result(blobs().upload(key, buffer(text), UploadOptions.of("text/plain")));
  }

  private Optional<BlobInfo> find(BlobKey key) {
    return Await.result(blobs().find(key));
  }

  private Flow.Publisher<ByteBuffer> read(BlobKey key) {
    return Await.result(blobs().read(key, ByteRange.ALL)).orElseThrow().bytes();
  }

  private byte[] bytes(BlobKey key) {
    return Await.result(ByteCollector.subscribe(read(key)).bytes());
  }

  private String text(BlobKey key) {
    return new String(bytes(key), StandardCharsets.UTF_8);
  }

  private static BlobKey key() {
    return BlobKey.of("user/thread/" + Fresh.text());
  }

  private static ByteBuffer buffer(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Chunks chunks(String text) {
    return Chunks.of(text.getBytes(StandardCharsets.UTF_8), 3);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
