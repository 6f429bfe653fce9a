package dev.threadkeep.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What nobody but the bootstrap calls. */
final class CallRules {
  /** Methods that read what differs from machine to machine and from moment to moment. */
  private static final Map<Class<?>, Set<String>> SURROUNDINGS =
      Map.of(
          System.class, Set.of("getenv", "getProperty", "getProperties", "currentTimeMillis"),
          Boolean.class, Set.of("getBoolean"),
          Integer.class, Set.of("getInteger"),
          Long.class, Set.of("getLong"),
          UUID.class, Set.of("randomUUID"),
          // systemUTC may be the default of a builder: it says what it is, and can be replaced
          Clock.class, Set.of("system", "systemDefaultZone"));

  private final HexagonLayout layout;

  CallRules(HexagonLayout layout) {
    this.layout = layout;
  }

  Stream<ArchRule> all() {
    return Stream.of(surroundings(), waiting(), executors());
  }

  private ArchRule surroundings() {
    return outsideOfBootstrap()
        .should(notCall(CallRules::readsSurroundings))
        .as("Nobody but the bootstrap reads the environment, the time of day, or random ids")
        .because("what is handed over can be chosen, also by tests");
  }

  private ArchRule waiting() {
    return outsideOfBootstrap()
        .should(
            notCall(
                target ->
                    target.getOwner().isAssignableTo(Future.class)
                        && Set.of("join", "get").contains(target.getName())))
        .as("Nobody but the bootstrap waits for a future")
        .because("a thread that waits is missing elsewhere");
  }

  private ArchRule executors() {
    return outsideOfBootstrap()
        .should(
            notCall(
                target ->
                    target.getOwner().isAssignableTo(CompletionStage.class)
                        && target.getName().endsWith("Async")
                        && target.getRawParameterTypes().stream()
                            .noneMatch(type -> type.isAssignableTo(Executor.class))))
        .as("Every asynchronous stage is given its executor")
        .because("the common pool belongs to everybody, and is too small for waiting");
  }

  private GivenClassesConjunction outsideOfBootstrap() {
    return classes()
        .that(layout.inProject())
        .and(DescribedPredicate.not(layout.in(layout.bootstrap())));
  }

  private static boolean readsSurroundings(CodeUnitAccessTarget target) {
    String owner = target.getOwner().getName();
    return SURROUNDINGS.entrySet().stream()
            .anyMatch(
                forbidden ->
                    forbidden.getKey().getName().equals(owner)
                        && forbidden.getValue().contains(target.getName()))
        || (owner.startsWith("java.time.") && target.getName().equals("now") && !takesClock(target))
        || (target.getOwner().isEquivalentTo(Date.class)
            && target.getName().equals("<init>")
            && target.getRawParameterTypes().isEmpty());
  }

  private static boolean takesClock(CodeUnitAccessTarget target) {
    return target.getRawParameterTypes().stream()
        .anyMatch(type -> type.isAssignableTo(Clock.class));
  }

  private static Check notCall(Predicate<CodeUnitAccessTarget> forbidden) {
    return new Check("not call it", type -> calls(type, forbidden));
  }

  /** Calls and references to methods. */
  private static Stream<String> calls(JavaClass type, Predicate<CodeUnitAccessTarget> forbidden) {
    return Stream.concat(
            type.getCodeUnitAccessesFromSelf().stream(),
            type.getCodeUnitReferencesFromSelf().stream())
        .filter(access -> forbidden.test(access.getTarget()))
        .map(CallRules::describe)
        .distinct();
  }

  private static String describe(JavaCodeUnitAccess<?> call) {
    return "calls " + call.getTarget().getFullName() + " in line " + call.getLineNumber();
  }
}
