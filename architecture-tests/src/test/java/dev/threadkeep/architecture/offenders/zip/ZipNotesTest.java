package dev.threadkeep.architecture.offenders.zip;

import dev.threadkeep.architecture.offenders.contract.NoteRepositoryContract;
import dev.threadkeep.architecture.offenders.domain.port.NoteRepository;

class ZipNotesTest implements NoteRepositoryContract {
  @Override
  public NoteRepository testee() {
    return new ZipNotes();
  }
}
