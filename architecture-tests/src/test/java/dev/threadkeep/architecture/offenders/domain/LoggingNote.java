package dev.threadkeep.architecture.offenders.domain;

import dev.threadkeep.architecture.offenders.Offends;
import org.slf4j.Logger;

@Offends(value = "The domain knows the JDK, itself, and annotations for the compiler", times = 2)
interface LoggingNote {
  void log(Logger[] logs);
}
