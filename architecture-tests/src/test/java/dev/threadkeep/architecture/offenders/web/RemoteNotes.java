package dev.threadkeep.architecture.offenders.web;

import dev.threadkeep.architecture.offenders.Offends;
import dev.threadkeep.architecture.offenders.domain.port.NoteStore;

@Offends("Driving adapters implement no port")
abstract class RemoteNotes implements NoteStore {}
