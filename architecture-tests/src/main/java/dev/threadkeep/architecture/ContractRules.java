package dev.threadkeep.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/** How ports are tested. These rules are about the code and its tests together. */
final class ContractRules {
  private static final String TESTABLE = "org.junit.platform.commons.annotation.Testable";

  private final HexagonLayout layout;

  ContractRules(HexagonLayout layout) {
    this.layout = layout;
  }

  Stream<ArchRule> all() {
    return Stream.of(contracts(), implementations());
  }

  private ArchRule contracts() {
    return classes()
        .that(havePromises())
        .should(
            new Check(
                "have a contract",
                port ->
                    contractsOf(port).anyMatch(ContractRules::hasTests)
                        ? Stream.empty()
                        : Stream.of("has no " + contractName(port) + " with tests")))
        .as("Every port has a contract")
        .because("what is promised once is tested once, for all who keep the promise");
  }

  private ArchRule implementations() {
    return classes()
        .that(
            DescribedPredicate.describe(
                "implement a port",
                type -> type.isTopLevelClass() && isConcrete(type) && !ports(type).isEmpty()))
        .should(
            new Check(
                "run its contract",
                implementation ->
                    ports(implementation).stream()
                        .filter(port -> !isTested(implementation, port))
                        .map(port -> "is not reached by any " + contractName(port))))
        .as("Every implementation of a port has a test that runs its contract")
        .because("an implementation that only says so is none");
  }

  /** The ports that do something; one that only gives other ports has nothing to promise. */
  private DescribedPredicate<JavaClass> havePromises() {
    return PortRules.arePorts(layout)
        .and(
            DescribedPredicate.describe("do something", port -> !PortRules.isBundle(port, layout)));
  }

  private List<JavaClass> ports(JavaClass type) {
    return type.getAllRawInterfaces().stream().filter(havePromises()).toList();
  }

  private static boolean isTested(JavaClass implementation, JavaClass port) {
    return contractsOf(port)
        .flatMap(contract -> contract.getAllSubclasses().stream())
        .filter(ContractRules::isConcrete)
        .anyMatch(test -> reaches(test, implementation));
  }

  private static boolean reaches(JavaClass test, JavaClass implementation) {
    return test.getTransitiveDependenciesFromSelf().stream()
        .anyMatch(dependency -> dependency.getTargetClass().equals(implementation));
  }

  private static Stream<JavaClass> contractsOf(JavaClass port) {
    return port.getDirectDependenciesToSelf().stream()
        .map(Dependency::getOriginClass)
        .distinct()
        .filter(type -> type.isInterface() && type.getSimpleName().equals(contractName(port)));
  }

  private static boolean hasTests(JavaClass contract) {
    return contract.getMethods().stream().anyMatch(method -> method.isMetaAnnotatedWith(TESTABLE));
  }

  private static boolean isConcrete(JavaClass type) {
    return !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT);
  }

  private static String contractName(JavaClass port) {
    return port.getSimpleName() + "Contract";
  }
}
