package dev.threadkeep.architecture.offenders.plain;

import dev.threadkeep.architecture.offenders.Offends;
import dev.threadkeep.architecture.offenders.application.NoteService;

@Offends("Driven adapters know nothing of the application")
final class ServedNotes {
  private final Class<?> known = NoteService.class;

  Class<?> known() {
    return known;
  }
}
