package dev.threadkeep.architecture.offenders.plain;

import dev.threadkeep.architecture.offenders.Offends;

@Offends("The public classes of an adapter are those that are listed")
public final class PublicNotes {}
