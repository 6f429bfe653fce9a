/**
 * Files in a container of Azure Blob Storage. {@link dev.threadkeep.azure.AzureBlobStore} is where
 * to begin.
 */
@NullMarked
package dev.threadkeep.azure;

import org.jspecify.annotations.NullMarked;
