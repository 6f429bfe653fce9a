package dev.threadkeep.architecture.offenders.plain;

import dev.threadkeep.architecture.offenders.contract.NoteRepositoryContract;
import dev.threadkeep.architecture.offenders.domain.port.NoteRepository;

class PlainNotesTest implements NoteRepositoryContract {
  @Override
  public NoteRepository testee() {
    return new PlainNotes();
  }
}
