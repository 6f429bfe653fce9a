package dev.threadkeep.architecture.offenders.domain;

import dev.threadkeep.architecture.offenders.Offends;
import dev.threadkeep.architecture.offenders.application.NoteService;

@Offends(value = "There are no cycles between packages", times = 2)
record CyclicNote(NoteService notes) {}
