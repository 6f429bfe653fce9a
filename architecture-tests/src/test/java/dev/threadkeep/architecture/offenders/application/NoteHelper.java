package dev.threadkeep.architecture.offenders.application;

import dev.threadkeep.architecture.offenders.Offends;

@Offends("Nothing is called Impl, Manager, Helper or Util")
final class NoteHelper {}
