package dev.threadkeep.architecture.offenders.domain;

import dev.threadkeep.architecture.offenders.Offends;

@Offends("Nothing is called Impl, Manager, Helper or Util")
final class NoteUtils {}
