package dev.threadkeep.architecture.offenders.plain;

import dev.threadkeep.architecture.offenders.Offends;
import dev.threadkeep.architecture.offenders.domain.Note;
import dev.threadkeep.architecture.offenders.domain.port.NoteRepository;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

@Offends("Every implementation of a port has a test that runs its contract")
final class UntestedNotes implements NoteRepository {
  @Override
  public CompletionStage<Optional<Note>> find(String id) {
    return CompletableFuture.completedStage(Optional.empty());
  }

  @Override
  public CompletionStage<Note> save(Note note) {
    return CompletableFuture.completedStage(note);
  }
}
