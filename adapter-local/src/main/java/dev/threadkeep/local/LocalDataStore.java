package dev.threadkeep.local;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.domain.port.ElementRepository;
import dev.threadkeep.domain.port.FeedbackRepository;
import dev.threadkeep.domain.port.MaintenanceRepository;
import dev.threadkeep.domain.port.StepRepository;
import dev.threadkeep.domain.port.ThreadRepository;
import dev.threadkeep.domain.port.TransferRepository;
import dev.threadkeep.domain.port.UserRepository;
import java.nio.file.Path;
import java.time.Clock;

/**
 * All repositories on one SQLite database in a folder. A write is on disk when its stage ends, and
 * the next read sees it. One process at a time can have the folder open; only the owner of the
 * process can read what is in it.
 */
public final class LocalDataStore implements DataStore {
  private final Database database;
  private final UserRepository users;
  private final ThreadRepository threads;
  private final StepRepository steps;
  private final ElementRepository elements;
  private final FeedbackRepository feedback;
  private final MaintenanceRepository maintenance;
  private final TransferRepository transfer;

  private LocalDataStore(Database database, Stamps stamps) {
    this.database = database;
    this.users = new LocalUserRepository(database, stamps);
    this.threads = new LocalThreadRepository(database, stamps);
    this.steps = new LocalStepRepository(database, stamps);
    this.elements = new LocalElementRepository(database);
    this.feedback = new LocalFeedbackRepository(database);
    this.maintenance = new LocalMaintenance(database, stamps.clock());
    this.transfer = new LocalTransfer(database);
  }

  /**
   * Opens the store in a folder; the folder and the database are made where they are missing. A
   * folder that exists keeps its rights. Blocks, unlike all else.
   *
   * @param clock gives the times that the store sets
   * @throws DataLayerException {@code UNAVAILABLE} when the folder is in use by another store or
   *     cannot be used, {@code CORRUPT} when its database is damaged, of another program, or of a
   *     newer version of this one
   */
  public static LocalDataStore open(Path folder, Clock clock) {
    return new LocalDataStore(Database.open(folder), new Stamps(clock));
  }

  @Override
  public UserRepository users() {
    return users;
  }

  @Override
  public ThreadRepository threads() {
    return threads;
  }

  @Override
  public StepRepository steps() {
    return steps;
  }

  @Override
  public ElementRepository elements() {
    return elements;
  }

  @Override
  public FeedbackRepository feedback() {
    return feedback;
  }

  @Override
  public MaintenanceRepository maintenance() {
    return maintenance;
  }

  @Override
  public TransferRepository transfer() {
    return transfer;
  }

  /** Finishes what was accepted, within some seconds; what comes later fails. */
  @Override
  public void close() {
    database.close();
  }
}
