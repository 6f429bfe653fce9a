package dev.threadkeep.architecture.offenders.plain;

import dev.threadkeep.architecture.offenders.Offends;
import dev.threadkeep.architecture.offenders.zip.ZipNotes;

@Offends("Adapters do not know each other")
interface BorrowedNotes {
  void borrow(ZipNotes[] notes);
}
