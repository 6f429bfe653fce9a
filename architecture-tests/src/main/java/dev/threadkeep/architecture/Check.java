package dev.threadkeep.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Function;
import java.util.stream.Stream;

/** A condition that a class meets when a function finds nothing wrong with it. */
final class Check extends ArchCondition<JavaClass> {
  private final Function<JavaClass, Stream<String>> problems;

  /**
   * @param problems what is wrong with a class, in words that follow its name
   */
  Check(String description, Function<JavaClass, Stream<String>> problems) {
    super(description);
    this.problems = problems;
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    problems
        .apply(type)
        .forEach(
            problem ->
                events.add(
                    SimpleConditionEvent.violated(
                        type,
                        type.getName() + " " + problem + " in " + type.getSourceCodeLocation())));
  }
}
