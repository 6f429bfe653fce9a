package dev.threadkeep.http;

import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.domain.port.ElementRepository;
import dev.threadkeep.domain.port.FeedbackRepository;
import dev.threadkeep.domain.port.MaintenanceRepository;
import dev.threadkeep.domain.port.StepRepository;
import dev.threadkeep.domain.port.ThreadRepository;
import dev.threadkeep.domain.port.TransferRepository;
import dev.threadkeep.domain.port.UserRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store whose writes are noted, and which can be made to answer otherwise. */
final class ProbedStore implements DataStore {
  private static final Set<String> READS =
      Set.of("find", "findAll", "findAuthor", "isTaken", "load", "list", "listOfStep");

  private final DataStore store;
  private final List<String> writes = new CopyOnWriteArrayList<>();
  private volatile Optional<CompletionStage<?>> instead = Optional.empty();

  ProbedStore(DataStore store) {
    this.store = store;
  }

  /** The writes so far, by the names of their methods. */
  List<String> writes() {
    return List.copyOf(writes);
  }

  /** Every call gives this from now on. */
  void answer(CompletionStage<?> stage) {
    instead = Optional.of(stage);
  }

  /** Calls go to the store again. */
  void answerItself() {
    instead = Optional.empty();
  }

  @Override
  public UserRepository users() {
    return probed(UserRepository.class, store.users());
  }

  @Override
  public ThreadRepository threads() {
    return probed(ThreadRepository.class, store.threads());
  }

  @Override
  public StepRepository steps() {
    return probed(StepRepository.class, store.steps());
  }

  @Override
  public ElementRepository elements() {
    return probed(ElementRepository.class, store.elements());
  }

  @Override
  public FeedbackRepository feedback() {
    return probed(FeedbackRepository.class, store.feedback());
  }

  @Override
  public MaintenanceRepository maintenance() {
    return probed(MaintenanceRepository.class, store.maintenance());
  }

  @Override
  public TransferRepository transfer() {
    return probed(TransferRepository.class, store.transfer());
  }

  @Override
  public void close() {
    store.close();
  }

  private <T> T probed(Class<T> port, T repository) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> call(repository, method, arguments)));
  }

  private Object call(Object repository, Method method, Object[] arguments) throws Throwable {
    if (!READS.contains(method.getName())) {
      writes.add(method.getName());
    }
    if (instead.isPresent()) {
      return instead.get();
    }
    try {
      return method.invoke(repository, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
