package dev.threadkeep.benchmarks.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.threadkeep.benchmarks.layer.ByHand;
import dev.threadkeep.benchmarks.layer.Sample;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.port.DataStore;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What servers are called for.
 *
 * @param list the member of the answer that is a list
 * @param size the number of its items
 * @param byHand the query that has the answer
 */
record Subject(
    String name, Call call, String list, int size, Function<ByHand, CompletionStage<?>> byHand) {
  /** As many as Chainlit's layer gives, whatever it is asked for. */
  private static final int PAGE = 10;

  private static final int THREADS = 100;
  private static final int STEPS = 50;

  static final Subject LIST =
      new Subject(
          "list-threads",
          Call.post("/project/threads", "{\"pagination\":{\"first\":" + PAGE + "},\"filter\":{}}"),
          "data",
          PAGE,
          byHand -> byHand.listThreads(Sample.USER, PAGE));

  static final Subject THREAD =
      new Subject(
          "get-thread-" + STEPS,
          Call.get("/project/thread/" + Sample.thread(STEPS)),
          "steps",
          STEPS,
          byHand -> byHand.getThread(Sample.thread(STEPS)));

  /** Has a store hold what all of them ask for. */
  static void fill(DataStore store) {
    Sample.join(store.users().upsert(User.builder().id(Sample.USER).build()));
    Sample.fillList(store, THREADS);
    Sample.fill(store, STEPS);
  }

  /** The answer of a server, which has to be whole. */
  byte[] answerOf(ServerProcess server) throws IOException, InterruptedException {
    byte[] answer = server.answer(call);
    int found = new ObjectMapper().readTree(answer).path(list).size();
    if (found != size) {
      throw new IOException(call.path() + ": " + found + " " + list + " in the place of " + size);
    }
    return answer;
  }
}
