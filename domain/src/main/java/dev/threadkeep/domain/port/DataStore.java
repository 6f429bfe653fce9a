package dev.threadkeep.domain.port;

/** All repositories of one store. */
public interface DataStore extends AutoCloseable {
  UserRepository users();

  ThreadRepository threads();

  StepRepository steps();

  ElementRepository elements();

  FeedbackRepository feedback();

  MaintenanceRepository maintenance();

  TransferRepository transfer();

  /** Ends what the store itself has opened; a client that was given to it stays open. */
  @Override
  void close();
}
