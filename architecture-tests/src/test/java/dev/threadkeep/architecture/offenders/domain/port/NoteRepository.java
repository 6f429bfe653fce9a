package dev.threadkeep.architecture.offenders.domain.port;

import dev.threadkeep.architecture.offenders.domain.Note;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The notes. */
public interface NoteRepository {
  CompletionStage<Optional<Note>> find(String id);

  CompletionStage<Note> save(Note note);
}
