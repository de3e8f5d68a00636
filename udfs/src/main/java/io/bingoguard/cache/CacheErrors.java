package io.bingoguard.cache;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.nio.file.Path;

/** What users are told of errors in this package. */
final class CacheErrors {
  private CacheErrors() {}

  static GuardException modelUnreachable(String model, Throwable cause) {
    return ErrorCode.MODEL_UNREACHABLE.error(
        "Model %s cannot be read: %s. Expected a path on a file system that Hadoop knows; check the path, its scheme and the permissions.",
        model, cause);
  }

  static GuardException manifestMissing(String model) {
    return ErrorCode.MODEL_MANIFEST_MISSING.error(
        "Model %s has no bundle.json, so a copy of it could not be checked. Expected a bundle; make one with `bingoguard bundle` and upload that, or check the path.",
        model);
  }

  static GuardException manifestInvalid(String manifest, String problem) {
    return ErrorCode.MODEL_MANIFEST_INVALID.error(
        "Manifest %s: %s. Expected what `bingoguard bundle` writes; make the bundle again.",
        manifest, problem);
  }

  static GuardException modelNotCopied(String model, Path directory, Throwable cause) {
    return ErrorCode.MODEL_NOT_COPIED.error(
        "Model %s cannot be copied to %s: %s. Check that the model can be read and the directory written; the next attempt goes on where this one stopped.",
        model, directory, cause);
  }

  static GuardException cacheUnusable(Path directory, Throwable cause) {
    return ErrorCode.MODEL_CACHE_UNUSABLE.error(
        "Cache directory %s cannot be used: %s. Expected a directory that this user can make and write, on every executor host; set spark.bingoguard.cache.directory.",
        directory, cause);
  }

  static GuardException cacheUnsafe(Path directory, String found) {
    return ErrorCode.MODEL_CACHE_UNSAFE.error(
        "Cache directory %s %s. Expected one that only this user can write, for others could put models there; remove it, run chmod 700 on it, or set spark.bingoguard.cache.directory.",
        directory, found);
  }

  static GuardException cacheTooSmall(String model, long bytes, long others, long limit) {
    return ErrorCode.MODEL_CACHE_FULL.error(
        "Model %s has %d bytes, and models in use take %d bytes of the cache. Expected at most %d bytes in all; raise spark.bingoguard.cache.maxSize.",
        model, bytes, others, limit);
  }

  static GuardException cacheDiskFull(String model, long missing, long usable, Path directory) {
    return ErrorCode.MODEL_CACHE_FULL.error(
        "Model %s needs %d bytes more in %s, whose disk has %d usable. Free some, or set spark.bingoguard.cache.directory to a larger disk.",
        model, missing, directory, usable);
  }
}
