package dev.threadkeep.architecture.offenders.plain;

import dev.threadkeep.architecture.offenders.Offends;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

@Offends(
    value = "Nobody but the bootstrap reads the environment, the time of day, or random ids",
    times = 11)
@SuppressWarnings({
  "JavaTimeDefaultTimeZone",
  "JavaUtilDate"
}) // some of what it does is known to be unwise
final class CuriousNotes {
  List<Object> surroundings(ZoneId zone) {
    Supplier<UUID> ids = UUID::randomUUID;
    Supplier<String> home = () -> System.getProperty("user.home");
    return List.of(
        ids,
        home,
        System.getenv(),
        System.getenv("HOME"),
        System.currentTimeMillis(),
        Boolean.getBoolean("debug"),
        Instant.now(),
        LocalDate.now(zone),
        UUID.randomUUID(),
        Clock.systemDefaultZone(),
        new Date());
  }

  List<Object> givenOrDefault(Clock clock) {
    return List.of(Clock.systemUTC(), Instant.now(clock), LocalDate.now(clock), new Date(0));
  }
}
