package dev.threadkeep.architecture.offenders.plain;

import dev.threadkeep.architecture.offenders.domain.Note;
import dev.threadkeep.architecture.offenders.domain.port.NoteRepository;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Notes as they are. */
public final class PlainNotes implements NoteRepository {
  private final Map<String, Note> notes = new ConcurrentHashMap<>();

  @Override
  public CompletionStage<Optional<Note>> find(String id) {
    return CompletableFuture.completedStage(Optional.ofNullable(notes.get(Keys.of(id))));
  }

  @Override
  public CompletionStage<Note> save(Note note) {
    notes.put(Keys.of(note.id()), note);
    return CompletableFuture.completedStage(note);
  }
}
