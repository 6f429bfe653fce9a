package dev.threadkeep.architecture.offenders.domain.port;

import dev.threadkeep.architecture.offenders.Offends;

@Offends("Ports are interfaces with the names of ports")
interface NoteKeeper {}
