package dev.threadkeep.architecture.offenders.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.threadkeep.architecture.offenders.application.NoteService;
import dev.threadkeep.architecture.offenders.plain.PlainNotes;
import dev.threadkeep.architecture.offenders.web.NoteServer;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;

/** Does what only a bootstrap may do. */
public final class NoteModule extends AbstractModule {
  @Provides
  NoteServer server() {
    CompletableFuture.runAsync(new CRC32()::reset).join();
    System.out.println(System.getenv("START") + Instant.now() + UUID.randomUUID());
    return new NoteServer(new NoteService(new PlainNotes()));
  }
}
