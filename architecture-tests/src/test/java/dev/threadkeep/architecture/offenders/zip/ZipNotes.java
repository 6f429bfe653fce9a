package dev.threadkeep.architecture.offenders.zip;

import dev.threadkeep.architecture.offenders.domain.Note;
import dev.threadkeep.architecture.offenders.domain.port.NoteRepository;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/** Notes found by the checksums of their ids. */
public final class ZipNotes implements NoteRepository {
  private final Map<Long, Note> notes = new ConcurrentHashMap<>();

  @Override
  public CompletionStage<Optional<Note>> find(String id) {
    return CompletableFuture.completedStage(Optional.ofNullable(notes.get(checksum(id))));
  }

  @Override
  public CompletionStage<Note> save(Note note) {
    notes.put(checksum(note.id()), note);
    return CompletableFuture.completedStage(note);
  }

  private static long checksum(String id) {
    CRC32 checksum = new CRC32();
    checksum.update(id.getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }
}
