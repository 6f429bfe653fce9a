package dev.threadkeep.architecture.offenders.domain.port;

import dev.threadkeep.architecture.offenders.Offends;

@Offends("What a port does, it promises with a CompletionStage")
interface OpeningRepository {
  NoteRepository open(String name);
}
