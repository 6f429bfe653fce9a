/** Files in a bucket of S3, or of what speaks its protocol. */
@NullMarked
package dev.threadkeep.s3;

import org.jspecify.annotations.NullMarked;
