package dev.threadkeep.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** That there is something that the other rules are about. */
final class PopulationRules {
  private final HexagonLayout layout;

  PopulationRules(HexagonLayout layout) {
    this.layout = layout;
  }

  Stream<ArchRule> all() {
    return Stream.of(
        classes()
            .that(layout.inProject())
            .should(new Exist())
            .as("All that the rules name exists")
            .because("a rule about nothing passes for ever"));
  }

  private Stream<String> missing(Collection<JavaClass> all) {
    return Stream.of(
            missingModules(all),
            missingAdapters(all),
            missingOpenClasses(all),
            missingLibraries(all),
            missingSources(all),
            missingConstants(all))
        .flatMap(problems -> problems);
  }

  private Stream<String> missingModules(Collection<JavaClass> all) {
    return layout
        .modules()
        .filter(
            module -> none(all, in(module, type -> !type.getSimpleName().equals("package-info"))))
        .map(module -> "There are no classes in " + layout.absolute(module));
  }

  private Stream<String> missingAdapters(Collection<JavaClass> all) {
    DescribedPredicate<JavaClass> ports = PortRules.arePorts(layout);
    DescribedPredicate<JavaClass> application = layout.in(layout.application());
    return Stream.concat(
        layout
            .adapters(Adapter.Side.DRIVEN)
            .filter(
                adapter ->
                    none(
                        all,
                        in(
                            adapter.module(),
                            type -> type.getAllRawInterfaces().stream().anyMatch(ports))))
            .map(adapter -> "The driven adapter " + adapter.module() + " implements no port"),
        layout
            .adapters(Adapter.Side.DRIVING)
            .filter(adapter -> none(all, in(adapter.module(), type -> uses(type, application))))
            .map(adapter -> "The driving adapter " + adapter.module() + " drives nothing"));
  }

  private Stream<String> missingOpenClasses(Collection<JavaClass> all) {
    return layout.adapters().stream()
        .flatMap(
            adapter ->
                adapter.openClasses().stream()
                    .filter(
                        name ->
                            none(
                                all,
                                in(
                                    adapter.module(),
                                    type ->
                                        AdapterRules.isOpen(type)
                                            && type.getSimpleName().equals(name))))
                    .map(name -> adapter.module() + " has no public class " + name));
  }

  private Stream<String> missingLibraries(Collection<JavaClass> all) {
    return layout.libraries().entrySet().stream()
        .flatMap(
            library ->
                library.getValue().stream()
                    .filter(
                        module ->
                            none(
                                all,
                                in(module, type -> uses(type, resideInAPackage(library.getKey())))))
                    .map(module -> module + " does not use " + library.getKey()));
  }

  private Stream<String> missingSources(Collection<JavaClass> all) {
    SourceTexts sources = new SourceTexts(layout.sources());
    return layout
        .modules()
        .filter(module -> !layout.constants().isEmpty())
        .filter(module -> none(all, in(module, type -> sources.sourceOf(type).isPresent())))
        .map(module -> "There are no sources of " + layout.absolute(module));
  }

  private Stream<String> missingConstants(Collection<JavaClass> all) {
    ConstantRules constants = new ConstantRules(layout);
    return layout.constants().stream()
        .flatMap(
            place ->
                place.homes().stream()
                    .filter(home -> none(all, type -> constants.isHome(type, home, place)))
                    .map(home -> "There are no " + place.what() + " in " + home));
  }

  private Predicate<JavaClass> in(String module, Predicate<JavaClass> condition) {
    return type -> layout.in(module).test(type) && condition.test(type);
  }

  private static boolean none(Collection<JavaClass> all, Predicate<JavaClass> condition) {
    return all.stream().noneMatch(condition);
  }

  private static boolean uses(JavaClass type, Predicate<JavaClass> others) {
    return type.getDirectDependenciesFromSelf().stream()
        .anyMatch(dependency -> others.test(dependency.getTargetClass()));
  }

  /** Looks at all classes together. */
  private final class Exist extends ArchCondition<JavaClass> {
    private Collection<JavaClass> all = List.of();

    private Exist() {
      super("exist");
    }

    @Override
    public void init(Collection<JavaClass> allObjectsToTest) {
      all = allObjectsToTest;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      // each class is fine; it is about those that are not there
    }

    @Override
    public void finish(ConditionEvents events) {
      missing(all).forEach(problem -> events.add(SimpleConditionEvent.violated(layout, problem)));
    }
  }
}
