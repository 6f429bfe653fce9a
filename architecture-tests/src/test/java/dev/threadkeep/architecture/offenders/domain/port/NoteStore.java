package dev.threadkeep.architecture.offenders.domain.port;

/** All repositories. */
public interface NoteStore extends AutoCloseable {
  NoteRepository notes();

  @Override
  void close();
}
