package dev.threadkeep.architecture.offenders.text;

import dev.threadkeep.architecture.offenders.domain.Note;

/** Notes as text. */
public final class NoteText {
  private NoteText() {}

  public static String write(Note note) {
    return note.id() + ": " + note.text();
  }
}
