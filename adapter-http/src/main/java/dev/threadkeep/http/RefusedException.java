package dev.threadkeep.http;

import dev.threadkeep.domain.DataLayerException;

/** A request that is answered with a problem before or instead of being handed on. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  RefusedException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  RefusedException(Code code, String detail) {
    this(Problem.of(code, detail));
  }

  /** A request that cannot be understood, for a reason that the data layer has put in words. */
  static RefusedException malformed(DataLayerException reason) {
    return new RefusedException(Code.MALFORMED, String.valueOf(reason.getMessage()));
  }

  Problem problem() {
    return problem;
  }
}
