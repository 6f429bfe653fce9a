package dev.threadkeep.architecture.offenders.application;

import dev.threadkeep.architecture.offenders.domain.Note;
import dev.threadkeep.architecture.offenders.domain.port.NoteRepository;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What one can do with notes. */
public final class NoteService {
  private final NoteRepository notes;

  public NoteService(NoteRepository notes) {
    this.notes = notes;
  }

  public CompletionStage<Optional<Note>> read(String id) {
    return notes.find(id);
  }
}
