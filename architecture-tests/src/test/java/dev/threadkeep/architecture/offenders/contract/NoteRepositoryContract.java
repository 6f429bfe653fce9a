package dev.threadkeep.architecture.offenders.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.architecture.offenders.domain.Note;
import dev.threadkeep.architecture.offenders.domain.port.NoteRepository;
import org.junit.jupiter.api.Test;

/** What every {@link NoteRepository} does. */
public interface NoteRepositoryContract {
  NoteRepository testee();

  @Test
  default void findShouldGiveWhatWasSaved() {
    NoteRepository notes = testee();
    notes.save(new Note("n-1", "milk")).toCompletableFuture().join();

    assertThat(notes.find("n-1").toCompletableFuture())
        .isCompletedWithValueMatching(note -> note.isPresent());
    assertThat(notes.find("n-2").toCompletableFuture())
        .isCompletedWithValueMatching(note -> note.isEmpty());
  }
}
