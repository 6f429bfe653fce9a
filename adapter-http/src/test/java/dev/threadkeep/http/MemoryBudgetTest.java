package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.http.MemoryBudget.Claim;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private final MemoryBudget budget = new MemoryBudget(10, 2);

  @Test
  void whatFitsShouldBeGivenAtOnce() {
    Claim one = budget.claim();
    Claim two = budget.claim();

    assertThat(reserve(one, 4)).isCompleted();
    assertThat(reserve(two, 4)).isCompleted();
    assertThat(reserve(one, 2)).isCompleted();
  }

  @Test
  void theOldestShouldReadOnWhenNothingIsLeft() {
    Claim oldest = budget.claim();
    Claim younger = budget.claim();
    take(oldest, 5);
    take(younger, 5);

    assertThat(reserve(oldest, 100)).isCompleted();
    assertThat(reserve(younger, 1)).isNotDone();
    assertThat(younger.isWaiting()).isTrue();
    assertThat(oldest.isWaiting()).isFalse();
  }

  @Test
  void whoWaitsShouldComeInTheOrderOfAge() {
    Claim oldest = budget.claim();
    Claim second = budget.claim();
    take(oldest, 9);
    take(second, 1);
    CompletableFuture<Void> third = reserve(budget.claim(), 5);
    CompletableFuture<Void> more = reserve(second, 8);

    oldest.close();

    assertThat(more).isCompleted();
    assertThat(third).isNotDone();

    second.close();

    assertThat(third).isCompleted();
  }

  @Test
  void aSmallOneShouldNotOvertakeALargeOneThatWaits() {
    Claim oldest = budget.claim();
    take(oldest, 9);
    CompletableFuture<Void> large = reserve(budget.claim(), 5);
    CompletableFuture<Void> small = reserve(budget.claim(), 1);

    assertThat(large).isNotDone();
    assertThat(small).isNotDone();

    oldest.release();

    assertThat(large).isCompleted();
    assertThat(small).isCompleted();
  }

  @Test
  void whatIsReleasedShouldBeOfUseToTheSameClaimAgain() {
    Claim claim = budget.claim();
    take(claim, 10);
    CompletableFuture<Void> other = reserve(budget.claim(), 10);

    claim.release();

    assertThat(other).isCompleted();
    assertThat(reserve(claim, 1)).isNotDone();
  }

  @Test
  void whoComesWhenTooManyWaitShouldBeRefused() {
    take(budget.claim(), 10);
    assertThat(reserve(budget.claim(), 1)).isNotDone();
    assertThat(reserve(budget.claim(), 1)).isNotDone();

    assertUnavailable(reserve(budget.claim(), 1));
  }

  @Test
  void aClosedClaimShouldGetNothingAndKeepNobodyWaiting() {
    Claim gone = budget.claim();
    take(gone, 10);
    Claim alsoGone = budget.claim();
    assertThat(reserve(alsoGone, 10)).isNotDone();
    CompletableFuture<Void> last = reserve(budget.claim(), 10);

    alsoGone.close();
    gone.close();

    assertThat(last).isCompleted();
    assertUnavailable(reserve(gone, 1));
  }

  private static void take(Claim claim, long bytes) {
    assertThat(reserve(claim, bytes)).isCompleted();
  }

  private static CompletableFuture<Void> reserve(Claim claim, long bytes) {
    return claim.reserve(bytes).toCompletableFuture();
  }

  private static void assertUnavailable(CompletableFuture<Void> reservation) {
    assertThat(reservation)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            DataLayerException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }
}
