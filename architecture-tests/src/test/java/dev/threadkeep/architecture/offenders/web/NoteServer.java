package dev.threadkeep.architecture.offenders.web;

import com.sun.net.httpserver.HttpExchange;
import dev.threadkeep.architecture.offenders.application.NoteService;
import dev.threadkeep.architecture.offenders.text.NoteText;
import java.util.concurrent.CompletionStage;

/** Notes over HTTP. */
public final class NoteServer {
  private final NoteService notes;

  public NoteServer(NoteService notes) {
    this.notes = notes;
  }

  CompletionStage<String> answer(HttpExchange exchange) {
    return notes
        .read(exchange.getRequestURI().getPath())
        .thenApply(note -> note.map(NoteText::write).orElse(""));
  }
}
