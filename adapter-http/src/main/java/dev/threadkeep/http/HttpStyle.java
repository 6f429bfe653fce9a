package dev.threadkeep.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.annotation.processing.Generated;
import org.immutables.value.Value;

/**
 * How the configuration looks; of the source only, so that nobody else needs Immutables to read the
 * class.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.SOURCE)
@Value.Style(
    jdkOnly = true,
    overshadowImplementation = true,
    visibility = Value.Style.ImplementationVisibility.PACKAGE,
    allowedClasspathAnnotations = Generated.class,
    defaults = @Value.Immutable(copy = false))
@interface HttpStyle {}
