package dev.threadkeep.architecture.offenders.domain.port;

import dev.threadkeep.architecture.offenders.Offends;
import dev.threadkeep.architecture.offenders.domain.Note;
import java.util.Optional;

@Offends("What a port does, it promises with a CompletionStage")
interface BlockingRepository {
  Optional<Note> find(String id);
}
