package dev.threadkeep.domain;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.annotation.processing.Generated;
import org.immutables.value.Value;

/**
 * How the entities look: the JDK's collections, the generated class hidden behind its entity, a
 * builder inside it.
 */
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Retention(RetentionPolicy.SOURCE)
@Value.Style(
    jdkOnly = true,
    jdk9Collections = true,
    overshadowImplementation = true,
    visibility = Value.Style.ImplementationVisibility.PACKAGE,
    // Annotations of Immutables itself would be missing on an embedder's class path.
    allowedClasspathAnnotations = Generated.class,
    defaults = @Value.Immutable(copy = false))
@interface DomainStyle {}
