package dev.threadkeep.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The classes of a project, as its rules want them. */
public final class HexagonClasses {
  private static final Pattern TESTS = Pattern.compile(".*(/test-classes/|-tests\\.jar!).*");

  private HexagonClasses() {}

  /** The classes on the class path below a package, without those of Maven's tests. */
  public static JavaClasses ofCode(String basePackage) {
    return new ClassFileImporter()
        .withImportOption(location -> !location.matches(TESTS))
        .importPackages(basePackage);
  }

  /**
   * The classes on the class path below a package, and those of the tests of other modules.
   *
   * @param testClasses folders with compiled tests, which are not on the class path
   * @throws IllegalArgumentException when one of them does not exist: compile the tests first
   */
  public static JavaClasses ofCodeAndTests(String basePackage, List<Path> testClasses) {
    List<Path> missing = testClasses.stream().filter(path -> !Files.isDirectory(path)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("no compiled tests in " + missing);
    }
    List<Location> locations = new ArrayList<>(Locations.ofPackage(basePackage));
    testClasses.forEach(path -> locations.add(Location.of(path)));
    return new ClassFileImporter().importLocations(locations);
  }
}
