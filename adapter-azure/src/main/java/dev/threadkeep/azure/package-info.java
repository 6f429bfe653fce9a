/** Files in a container of Azure Blob Storage. */
@NullMarked
package dev.threadkeep.azure;

import org.jspecify.annotations.NullMarked;
