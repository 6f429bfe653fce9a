package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import java.util.Optional;

/** What a step can be found by, each with an entry of its own beside the step. */
enum Mark {
  /** A feedback, by its value. */
  FEEDBACK(Keys.FEEDBACKS) {
    @Override
    Optional<String> list(Step step) {
      return step.feedback().map(feedback -> Keys.listOfFeedback(feedback.value()));
    }
  },

  /** That it is a favourite. */
  FAVORITE(Keys.FAVORITES) {
    @Override
    Optional<String> list(Step step) {
      return step.isFavorite() ? Optional.of(Keys.FAVORITES) : Optional.empty();
    }
  };

  private final String prefix;

  Mark(String prefix) {
    this.prefix = prefix;
  }

  /** The mark that an entry is for. */
  static Mark of(ItemKey entry) {
    return entry.sort().startsWith(FEEDBACK.prefix) ? FEEDBACK : FAVORITE;
  }

  /** The list of its owner that a step belongs to, if it has this mark. */
  abstract Optional<String> list(Step step);

  /** The key of the entry for a step. */
  ItemKey entry(ThreadId thread, StepId step) {
    return Keys.entry(prefix, thread, step);
  }
}
