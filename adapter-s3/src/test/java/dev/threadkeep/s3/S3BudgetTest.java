package dev.threadkeep.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** How memory for parts is shared. */
class S3BudgetTest {
  private final Budget budget = new Budget(3);
  private final List<String> begun = new ArrayList<>();

  @Test
  void workShouldBeginInItsOrderWhenThereIsRoom() {
    CompletableFuture<Void> first = new CompletableFuture<>();
    CompletableFuture<Void> second = new CompletableFuture<>();
    use(2, "first", first);
    use(2, "second", second);
    use(1, "small, but later", new CompletableFuture<>());

    assertThat(begun).containsExactly("first");
    first.complete(null);
    assertThat(begun).containsExactly("first", "second", "small, but later");
  }

  @Test
  void roomShouldBeGivenBackWhateverTheEnd() {
    CompletionStage<Void> failed =
        budget.use(3, () -> CompletableFuture.failedStage(new IllegalStateException()));
    CompletionStage<Void> thrown =
        budget.use(
            3,
            () -> {
              throw new IllegalStateException();
            });
    use(3, "next", CompletableFuture.completedFuture(null));

    assertThat(failed.toCompletableFuture()).isCompletedExceptionally();
    assertThat(thrown.toCompletableFuture()).isCompletedExceptionally();
    assertThat(begun).containsExactly("next");
  }

  @Test
  void manyThatWaitAndEndAtOnceShouldNotPileUp() {
    CompletableFuture<Void> blocker = new CompletableFuture<>();
    use(3, "blocker", blocker);
    for (int i = 0; i < 100_000; i++) {
      use(3, "waiting", CompletableFuture.completedFuture(null));
    }

    blocker.complete(null);

    assertThat(begun).hasSize(100_001);
  }

  private void use(int units, String name, CompletableFuture<Void> end) {
    budget.use(
        units,
        () -> {
          begun.add(name);
          return end;
        });
  }

  @Test
  void workThatNeedsMoreThanThereIsShouldGetAllOfIt() {
    CompletableFuture<Void> small = new CompletableFuture<>();
    use(1, "small", small);
    use(9, "large", new CompletableFuture<>());

    assertThat(begun).containsExactly("small");
    small.complete(null);
    assertThat(begun).containsExactly("small", "large");
  }
}
