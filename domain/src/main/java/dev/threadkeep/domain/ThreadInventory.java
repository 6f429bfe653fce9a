package dev.threadkeep.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** What is stored under the id of a thread, as far as a check-up wants to know. */
@DomainStyle
@Value.Immutable
public interface ThreadInventory {
  ThreadId id();

  /** How it is with the thread itself. */
  State state();

  /** How many steps and elements there are, whole or not. */
  int children();

  /** The latest time that anything here says of itself; nothing when nothing does. */
  Optional<Instant> latest();

  /** Steps that are none: others left feedback on steps that are not there. */
  List<StepId> ghosts();

  /** The elements that have a file. */
  List<ElementFile> files();

  /** The files in which values of steps are. */
  List<StepFile> contents();

  /** Pointers to files that are of no use, because another writer has changed the value since. */
  List<StepFile> staleContents();

  /** Whether feedback or favourites are missing from the lists of these, or wrongly in them. */
  @Value.Default
  default boolean isMisindexed() {
    return false;
  }

  /** Whether the time of the thread itself is over, by the clock of the store. */
  @Value.Default
  default boolean isExpired() {
    return false;
  }

  static Builder builder() {
    return new Builder();
  }

  /** Collects what a {@link ThreadInventory} consists of. */
  final class Builder extends ImmutableThreadInventory.Builder {}

  /** How it is with a thread itself. */
  enum State {
    /** It is there, and in its owner's list, if it has an owner. */
    WHOLE,
    /** It is there and has an owner, but is missing from the owner's list. */
    UNLISTED,
    /**
     * A delete has begun and not ended; see {@link dev.threadkeep.domain.port.ThreadRepository}.
     */
    CLEARED,
    /** There are steps or elements, and no thread. */
    MISSING
  }

  /** An element and the key of its file. */
  record ElementFile(ElementId element, BlobKey file) {}

  /** A step and the key of a file that it points to. */
  record StepFile(StepId step, BlobKey file) {}
}
