package dev.threadkeep.architecture.offenders.web;

import dev.threadkeep.architecture.offenders.Offends;
import java.util.zip.Checksum;

@Offends(value = "Each SDK stays at home, in the adapter that is there for it", times = 1)
interface ZippedAnswer {
  Checksum checksum();
}
