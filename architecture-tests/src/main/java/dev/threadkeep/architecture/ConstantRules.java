package dev.threadkeep.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/**
 * Texts that stand in one place. The compiler copies constants into the classes that use them, so
 * their home offers methods, or objects that hold them.
 */
final class ConstantRules {
  private final HexagonLayout layout;

  ConstantRules(HexagonLayout layout) {
    this.layout = layout;
  }

  Stream<ArchRule> all() {
    return layout.constants().stream().map(this::inOnePlace);
  }

  private ArchRule inOnePlace(OnePlace place) {
    return classes()
        .that(layout.inProject())
        .and(DescribedPredicate.not(atHome(place, layout)))
        .should(
            new Check(
                "not have " + place.what(),
                type -> texts(type, place).map(text -> "has the text \"" + text + "\"")))
        .as("There is one place for " + place.what())
        .because("what is written twice is changed once");
  }

  /** The classes that may have the texts, and what is nested in them. */
  static DescribedPredicate<JavaClass> atHome(OnePlace place, HexagonLayout layout) {
    return DescribedPredicate.describe(
        "are the home of " + place.what(),
        type ->
            place.homes().stream()
                .map(layout::absolute)
                .anyMatch(
                    home -> type.getName().equals(home) || type.getName().startsWith(home + "$")));
  }

  /** Those of a class's texts that should stand in one place. */
  static Stream<String> texts(JavaClass type, OnePlace place) {
    return ClassStrings.of(type).stream().filter(text -> place.texts().matcher(text).find());
  }
}
