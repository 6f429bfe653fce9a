package dev.threadkeep.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.util.Set;
import java.util.stream.Collectors;

/** What every Java program has. */
final class Jdk {
  /** The packages that the modules {@code java.*} export to everybody. */
  private static final Set<String> PACKAGES =
      ModuleFinder.ofSystem().findAll().stream()
          .map(module -> module.descriptor())
          .filter(module -> module.name().startsWith("java."))
          .flatMap(module -> module.exports().stream())
          .filter(exported -> !exported.isQualified())
          .map(ModuleDescriptor.Exports::source)
          .collect(Collectors.toUnmodifiableSet());

  private Jdk() {}

  /** Primitive types, classes of Java SE, and arrays of these. */
  static DescribedPredicate<JavaClass> classes() {
    return DescribedPredicate.describe("belong to the JDK", Jdk::has);
  }

  private static boolean has(JavaClass type) {
    JavaClass component = type.getBaseComponentType();
    return component.isPrimitive() || PACKAGES.contains(component.getPackageName());
  }
}
