package dev.threadkeep.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What adapters do, and what they show. */
final class AdapterRules {
  private final HexagonLayout layout;

  AdapterRules(HexagonLayout layout) {
    this.layout = layout;
  }

  /** Only about those kinds of adapters that there are. */
  Stream<ArchRule> all() {
    List<ArchRule> rules = new ArrayList<>();
    if (has(Adapter.Side.DRIVEN)) {
      rules.add(drivenKnowsNoApplication());
    }
    if (has(Adapter.Side.DRIVING)) {
      rules.add(drivingImplementsNothing());
    }
    rules.add(publicClasses());
    return rules.stream();
  }

  private ArchRule drivenKnowsNoApplication() {
    return noClasses()
        .that(layout.inAny(layout.adapters(Adapter.Side.DRIVEN).map(Adapter::module)))
        .should()
        .dependOnClassesThat(layout.inAny(Stream.of(layout.application(), layout.bootstrap())))
        .as("Driven adapters know nothing of the application")
        .because("they can be used without it");
  }

  private ArchRule drivingImplementsNothing() {
    return noClasses()
        .that(layout.inAny(layout.adapters(Adapter.Side.DRIVING).map(Adapter::module)))
        .should()
        .beAssignableTo(layout.in(layout.ports()).and(INTERFACES))
        .as("Driving adapters implement no port")
        .because("they drive the application and are not driven by it");
  }

  private ArchRule publicClasses() {
    return classes()
        .that(layout.inAny(layout.adapters().stream().map(Adapter::module)))
        .and(DescribedPredicate.describe("are public at the top level", AdapterRules::isOpen))
        .should(
            new Check(
                "be listed",
                type ->
                    layout.adapters().stream()
                        .filter(adapter -> layout.in(adapter.module()).test(type))
                        .filter(adapter -> !adapter.openClasses().contains(type.getSimpleName()))
                        .map(adapter -> "is public and not listed for " + adapter.module())))
        .as("The public classes of an adapter are those that are listed")
        .because("what is public is promised");
  }

  private boolean has(Adapter.Side side) {
    return layout.adapters(side).findAny().isPresent();
  }

  static boolean isOpen(JavaClass type) {
    return type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC);
  }
}
