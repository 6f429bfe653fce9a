package dev.threadkeep.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Who may know whom. */
final class DependencyRules {
  private final HexagonLayout layout;

  DependencyRules(HexagonLayout layout) {
    this.layout = layout;
  }

  Stream<ArchRule> all() {
    return Stream.of(domain(), application(), neighbours(), libraries(), injection(), cycles());
  }

  private ArchRule domain() {
    return classes()
        .that(layout.in(layout.domain()))
        .should()
        .onlyDependOnClassesThat(
            Jdk.classes().or(layout.in(layout.domain())).or(layout.areAnnotations()))
        .as("The domain knows the JDK, itself, and annotations for the compiler")
        .because("who takes it gets nothing that they did not ask for");
  }

  private ArchRule application() {
    return classes()
        .that(layout.in(layout.application()))
        .should()
        .onlyDependOnClassesThat(
            Jdk.classes()
                .or(layout.inAny(Stream.of(layout.domain(), layout.ports(), layout.application())))
                .or(layout.areAnnotations())
                .or(resideInAPackage("org.slf4j..")))
        .as("The application knows the JDK, the domain, itself, and the API of slf4j")
        .because("use cases outlive the technologies around them");
  }

  private ArchRule neighbours() {
    return classes()
        .that(layout.inAny(layout.adapters().stream().map(Adapter::module)))
        .should(
            new Check(
                "not know each other",
                type ->
                    layout.adapters().stream()
                        .filter(adapter -> !layout.in(adapter.module()).test(type))
                        .flatMap(other -> uses(type, layout.in(other.module())))))
        .as("Adapters do not know each other")
        .because("each of them can be left out or replaced");
  }

  private ArchRule libraries() {
    return classes()
        .that(layout.inProject())
        .and(DescribedPredicate.not(layout.in(layout.bootstrap())))
        .should(
            new Check(
                "use libraries at their home",
                type ->
                    layout.libraries().entrySet().stream()
                        .filter(library -> !layout.inAny(library.getValue().stream()).test(type))
                        .flatMap(library -> uses(type, resideInAPackage(library.getKey())))))
        .as("Each SDK stays at home, in the adapter that is there for it")
        .because("a technology that is known in one place can be changed in one place");
  }

  private ArchRule injection() {
    return noClasses()
        .that(layout.inProject())
        .and(DescribedPredicate.not(layout.in(layout.bootstrap())))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("com.google.inject..", "jakarta.inject..", "javax.inject.."))
        .as("Injection appears in the bootstrap only")
        .because("constructors take what they use, and whoever calls them decides how");
  }

  private ArchRule cycles() {
    return slices()
        .matching(layout.basePackage() + ".(**)")
        .should()
        .beFreeOfCycles()
        .as("There are no cycles between packages")
        .because("packages in a cycle are one package");
  }

  private static Stream<String> uses(JavaClass type, DescribedPredicate<JavaClass> others) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
        .filter(others)
        .map(target -> "uses " + target.getName())
        .distinct();
  }
}
