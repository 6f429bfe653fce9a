package dev.threadkeep.application;

import dev.threadkeep.application.Difference.Kind;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.port.TransferRepository;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Copies users, one by one. */
final class UserCopy {
  private static final Amounts ONE = new Amounts(1, 0, 0, 0, 0, 0);

  private final TransferRepository target;
  private final Copy.Mode mode;
  private final CopyReport report;

  UserCopy(TransferRepository target, Copy.Mode mode, CopyReport report) {
    this.target = target;
    this.mode = mode;
    this.report = report;
  }

  CompletionStage<CopyTally> copy(User user) {
    CopyTally seen = CopyTally.source(ONE);
    return target
        .user(user.id())
        .thenCompose(
            there -> {
              if (there.isPresent()) {
                return CompletableFuture.completedStage(compare(Kind.CONFLICT, user, there));
              }
              return mode == Copy.Mode.REHEARSAL
                  ? CompletableFuture.completedStage(CopyTally.copied(ONE))
                  : write(user);
            })
        .thenApply(seen::plus);
  }

  private CompletionStage<CopyTally> write(User user) {
    return target
        .restore(new StoredItem.OfUser(user))
        .thenCompose(
            written ->
                target
                    .user(user.id())
                    .thenApply(
                        there ->
                            CopyTally.copied(written ? ONE : Amounts.NONE)
                                .plus(compare(Kind.NOT_ARRIVED, user, there))))
        .exceptionallyCompose(failure -> report.refused("user " + user.id(), failure));
  }

  private CopyTally compare(Kind ifDifferent, User user, Optional<User> there) {
    CopyTally target = there.isPresent() ? CopyTally.target(ONE) : CopyTally.NONE;
    boolean isSame =
        there
            .map(StoredItem.OfUser::new)
            .map(Fingerprint::of)
            .equals(Optional.of(Fingerprint.of(new StoredItem.OfUser(user))));
    return isSame ? target : target.plus(report.found(ifDifferent, "user " + user.id()));
  }
}
