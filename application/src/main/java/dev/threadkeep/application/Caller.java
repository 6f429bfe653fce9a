package dev.threadkeep.application;

import dev.threadkeep.domain.UserId;

/** On whose behalf something is done. */
public sealed interface Caller {
  /** A person, who reaches only what is theirs. */
  record Person(UserId id) implements Caller {}

  /** A chat backend, which acts for any user. */
  record Service() implements Caller {}

  static Caller person(UserId id) {
    return new Person(id);
  }

  static Caller service() {
    return new Service();
  }
}
