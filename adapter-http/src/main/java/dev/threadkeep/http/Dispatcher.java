package dev.threadkeep.http;

import dev.threadkeep.http.Login.Source;
import dev.threadkeep.http.MemoryBudget.Claim;
import dev.threadkeep.http.Route.Input;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The way of every request: who is calling, is it theirs to call, what do they send; then the work,
 * then the answer, or the problem.
 */
final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.http");

  private final Authentication authentication;
  private final CrossOrigin crossOrigin;
  private final MemoryBudget memory = MemoryBudget.ofHeap();
  private final long maxBodyBytes;
  private final long maxUploadBytes;
  private final Duration timeout;

  Dispatcher(HttpConfig config, Authentication authentication) {
    this.authentication = authentication;
    this.crossOrigin = new CrossOrigin(config);
    this.maxBodyBytes = config.maxBodyBytes();
    this.maxUploadBytes = config.maxUploadBytes();
    this.timeout = config.requestTimeout();
  }

  /** Answers a request of a route. */
  void dispatch(Context context, Route route) {
    context.req().setAttribute(AccessLog.ROUTE, route.path());
    context.future(
        () -> {
          Claim claim = memory.claim();
          return CompletableFuture.completedFuture(route)
              .thenCompose(it -> answer(context, it, claim))
              .exceptionally(failure -> problem(context.req(), failure))
              .thenCompose(answer -> send(answer, context))
              .whenComplete((sent, failure) -> claim.close());
        });
  }

  /** Answers a request that failed before it came to the work of a route. */
  void refuse(Context context, Throwable failure) {
    context.future(() -> send(problem(context.req(), failure), context));
  }

  private CompletableFuture<Void> send(Answer answer, Context context) {
    return BodyReader.discard(context.req(), maxBodyBytes)
        .completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
        .thenCompose(
            read -> {
              if (BodyReader.isUnfinished(context.req())) {
                context.res().setHeader("Connection", "close");
              }
              return AnswerWriter.write(
                  answer,
                  context.req(),
                  context.res(),
                  new Pause(timeout),
                  failure -> problem(context.req(), failure));
            })
        .exceptionally(gone -> noteGone(context.req(), gone));
  }

  private CompletableFuture<Answer> answer(Context context, Route route, Claim claim) {
    Optional<Login> login = login(context.req(), route);
    Query query = new Query(context.req().getQueryString());
    if (route.refusesUnknownQuery()) {
      query.checkOnly(route.query());
    }
    if (route.input() == Input.FILE) {
      UploadBody file = new UploadBody(context.req(), maxUploadBytes, timeout);
      Call call = new Call(context, login, query, Optional.empty(), Optional.of(file), claim);
      return file.during(() -> work(route, call), late(route, claim));
    }
    return body(context.req(), route)
        .thenApply(body -> new Call(context, login, query, body, Optional.empty(), claim))
        .thenCompose(call -> inTime(work(route, call), () -> late(route, claim)));
  }

  private Optional<Login> login(HttpServletRequest request, Route route) {
    if (route.access() == Access.ANYONE) {
      if (!route.isSafe()) {
        crossOrigin.check(request);
      }
      return Optional.empty();
    }
    Login login = authentication.login(request);
    if (login.source() == Source.COOKIE && !route.isSafe()) {
      crossOrigin.check(request);
    }
    if (route.access() == Access.PEOPLE && login.signedIn().isEmpty()) {
      throw new RefusedException(
          Code.FORBIDDEN, "this is for people, who sign in; the service token stands for nobody");
    }
    return Optional.of(login);
  }

  private CompletableFuture<Optional<Body>> body(HttpServletRequest request, Route route) {
    if (route.input() == Input.NONE) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    MediaTypes.checkJson(request.getContentType());
    Problem late = Problem.of(Code.REQUEST_TIMEOUT, "the body did not arrive in time");
    return bounded(BodyReader.read(request, maxBodyBytes), () -> late)
        .thenApply(bytes -> Optional.of(Body.parse(bytes)));
  }

  private static CompletionStage<Answer> work(Route route, Call call) {
    MDC.put(RequestIds.MDC_KEY, RequestIds.of(call.request()));
    try {
      return route.work().answer(call);
    } finally {
      MDC.remove(RequestIds.MDC_KEY);
    }
  }

  /** The answer; one that comes too late is given up as a whole. */
  private CompletableFuture<Answer> inTime(CompletionStage<Answer> work, Supplier<Problem> late) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    work.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            answer.completeExceptionally(failure);
          } else if (!answer.complete(done)) {
            done.body().discard();
          }
        });
    return bounded(answer, late);
  }

  /** The stage, which ends and fails with the problem when it takes too long. */
  private <T> CompletableFuture<T> bounded(CompletableFuture<T> stage, Supplier<Problem> late) {
    return stage
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    failure instanceof TimeoutException
                        ? new RefusedException(late.get())
                        : failure));
  }

  /** Of a write that took too long it is not known whether it happened. */
  private static Problem late(Route route, Claim claim) {
    if (claim.isWaiting()) {
      return Problem.of(Code.UNAVAILABLE, "other threads are being read, and take all the memory");
    }
    return route.readsOnly()
        ? Problem.of(Code.UNAVAILABLE, "the store did not answer in time")
        : Problem.of(Code.OUTCOME_UNKNOWN, "the store did not answer in time; repeat it");
  }

  private static Answer problem(HttpServletRequest request, Throwable failure) {
    Problem problem = Problem.of(failure);
    request.setAttribute(AccessLog.CODE, problem.code());
    if (problem.isOurs()) {
      logFailure(request, problem, failure);
    }
    return problem.answer();
  }

  /**
   * Of what was refused on purpose the reason says all; of all else the log has to have the cause.
   */
  private static void logFailure(HttpServletRequest request, Problem problem, Throwable failure) {
    Object route = request.getAttribute(AccessLog.ROUTE);
    MDC.put(RequestIds.MDC_KEY, RequestIds.of(request));
    try {
      if (failure.getCause() instanceof RefusedException) {
        log.warn("{} {} failed: {}", request.getMethod(), route, problem.detail());
      } else {
        log.warn("{} {} failed", request.getMethod(), route, failure);
      }
    } finally {
      MDC.remove(RequestIds.MDC_KEY);
    }
  }

  private static Void noteGone(HttpServletRequest request, Throwable gone) {
    log.debug("the client of request {} is gone", RequestIds.of(request), gone);
    return null;
  }
}
