package dev.threadkeep.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channel;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

/** What ports look like. */
final class PortRules {
  /**
   * What bytes in bulk must not be: all of them block whoever reads, or hold everything at once. An
   * array is seen as what it is made of.
   */
  private static final List<Class<?>> BULK =
      List.of(
          byte.class,
          InputStream.class,
          OutputStream.class,
          Channel.class,
          BaseStream.class,
          Iterator.class);

  private final HexagonLayout layout;

  PortRules(HexagonLayout layout) {
    this.layout = layout;
  }

  Stream<ArchRule> all() {
    return Stream.of(signatures(), asynchronous(), bulk(), portNames(), names());
  }

  private ArchRule signatures() {
    DescribedPredicate<JavaClass> known =
        Jdk.classes().or(layout.inAny(Stream.of(layout.domain(), layout.ports())));
    return classes()
        .that(arePorts(layout))
        .should(
            new Check(
                "have domain and JDK types in their signatures",
                port ->
                    methods(port)
                        .flatMap(
                            method ->
                                Stream.concat(
                                        method.getAllInvolvedRawTypes().stream(),
                                        method.getExceptionTypes().stream())
                                    .filter(DescribedPredicate.not(known))
                                    .map(type -> "has " + type.getName() + inside(method)))))
        .as("The signature of a port holds types of the domain and the JDK only")
        .because("a port that shows a technology belongs to it");
  }

  private ArchRule asynchronous() {
    return classes()
        .that(arePorts(layout))
        .should(
            new Check(
                "return CompletionStage",
                port ->
                    methods(port)
                        .filter(method -> !isClose(method) && !isAccessor(method, layout))
                        .filter(
                            method ->
                                !method.getRawReturnType().isEquivalentTo(CompletionStage.class))
                        .map(
                            method ->
                                "returns " + method.getRawReturnType().getName() + inside(method))))
        .as("What a port does, it promises with a CompletionStage")
        .because("no thread waits for a store, and callers cannot complete what is not theirs");
  }

  private ArchRule bulk() {
    return classes()
        .that(arePorts(layout))
        .should(
            new Check(
                "take and give bytes in bulk as Flow.Publisher",
                port ->
                    methods(port)
                        .flatMap(
                            method ->
                                method.getAllInvolvedRawTypes().stream()
                                    .filter(type -> BULK.stream().anyMatch(type::isAssignableTo))
                                    .map(type -> "has " + type.getName() + inside(method)))))
        .as("Bytes in bulk go through a port as a Flow.Publisher")
        .because("they flow as fast as both sides can, and are never whole in memory");
  }

  private ArchRule portNames() {
    return classes()
        .that(layout.in(layout.ports()))
        .and()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .beInterfaces()
        .andShould()
        .haveNameMatching(".*\\.(" + layout.portNames().pattern() + ")")
        .as("Ports are interfaces with the names of ports")
        .because("who looks for what a store must do finds it by name");
  }

  private ArchRule names() {
    return noClasses()
        .that(layout.inProject())
        .should()
        .haveNameMatching(".*(Impl|Manager|Helper|Utils?)")
        .as("Nothing is called Impl, Manager, Helper or Util")
        .because("such a name says that nobody knows what it is");
  }

  /** The interfaces in the package of the ports. */
  static DescribedPredicate<JavaClass> arePorts(HexagonLayout layout) {
    return DescribedPredicate.describe(
        "are ports",
        type ->
            layout.in(layout.ports()).test(type)
                && type.isInterface()
                && type.isTopLevelClass()
                && !type.getSimpleName().equals("package-info"));
  }

  /** Whether all that a port does is to give other ports. */
  static boolean isBundle(JavaClass port, HexagonLayout layout) {
    return methods(port).allMatch(method -> isClose(method) || isAccessor(method, layout));
  }

  private static Stream<JavaMethod> methods(JavaClass port) {
    return port.getMethods().stream()
        .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
        .filter(method -> !method.getModifiers().contains(JavaModifier.PRIVATE))
        .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC));
  }

  private static boolean isClose(JavaMethod method) {
    return method.getName().equals("close")
        && method.getOwner().isAssignableTo(AutoCloseable.class);
  }

  private static boolean isAccessor(JavaMethod method, HexagonLayout layout) {
    return method.getRawParameterTypes().isEmpty()
        && arePorts(layout).test(method.getRawReturnType());
  }

  private static String inside(JavaMethod method) {
    return " in " + method.getName();
  }
}
