package dev.threadkeep.bootstrap.settings;

/** Where the files of elements are kept. */
public enum FilesKind {
  /** In a folder on this machine. */
  LOCAL,
  /** In a bucket of S3. */
  S3,
  /** In a container of Azure Blob Storage. */
  AZURE,
  /** Nowhere: elements have no files. */
  NONE
}
