package dev.threadkeep.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Texts that stand in one place. */
final class ConstantRules {
  private final HexagonLayout layout;
  private final SourceTexts sources;

  ConstantRules(HexagonLayout layout) {
    this.layout = layout;
    sources = new SourceTexts(layout.sources());
  }

  Stream<ArchRule> all() {
    return layout.constants().stream().map(this::inOnePlace);
  }

  private ArchRule inOnePlace(OnePlace place) {
    return classes()
        .that(layout.inProject())
        .and()
        .areTopLevelClasses()
        .and(DescribedPredicate.not(areHomeOf(place)))
        .should(new Check("not have " + place.what(), type -> strays(type, place)))
        .as("There is one place for " + place.what())
        .because("what is written twice is changed once");
  }

  /** Generated classes have no source; what stands in them comes from others. */
  private Stream<String> strays(JavaClass type, OnePlace place) {
    return texts(type, place).map(text -> "has the text \"" + text + "\"");
  }

  private Stream<String> texts(JavaClass type, OnePlace place) {
    return sources.sourceOf(type).stream()
        .flatMap(SourceTexts::in)
        .filter(place.texts().asPredicate());
  }

  /** The classes that may have the texts. */
  private DescribedPredicate<JavaClass> areHomeOf(OnePlace place) {
    return DescribedPredicate.describe(
        "are the home of " + place.what(),
        type -> place.homes().stream().map(layout::absolute).anyMatch(type.getName()::equals));
  }

  /** Whether a class is this home of the texts, and has some. */
  boolean isHome(JavaClass type, String home, OnePlace place) {
    return type.getName().equals(layout.absolute(home)) && texts(type, place).findAny().isPresent();
  }
}
