package dev.threadkeep.architecture.offenders.application;

import dev.threadkeep.architecture.offenders.Offends;
import dev.threadkeep.architecture.offenders.plain.PlainNotes;

@Offends("The application knows the JDK, the domain, itself, and the API of slf4j")
interface PlainService {
  PlainNotes notes();
}
