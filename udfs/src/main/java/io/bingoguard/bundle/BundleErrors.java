package io.bingoguard.bundle;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.nio.file.Path;

/** What users are told of errors in this package. */
final class BundleErrors {
  private BundleErrors() {}

  static GuardException modelFileMissing(String directory, String file) {
    return ErrorCode.MODEL_FILE_MISSING.error(
        "Model directory %s has no %s. A model directory holds config.json, tokenizer.json, prompt-pack.json and the safetensors files.",
        directory, file);
  }

  static GuardException demoModelNotUnpacked(Throwable cause) {
    return ErrorCode.DEMO_MODEL_NOT_UNPACKED.error(
        "The bundled demo model cannot be unpacked into %s: %s. Expected a writable folder there.",
        System.getProperty("java.io.tmpdir"), cause);
  }

  static GuardException manifestInvalid(String manifest, String problem) {
    return ErrorCode.MODEL_MANIFEST_INVALID.error(
        "Manifest %s: %s. Expected what `bingoguard bundle` writes; make the bundle again.",
        manifest, problem);
  }

  static GuardException modelFileUnreadable(Path file, Throwable cause) {
    return ErrorCode.MODEL_FILE_UNREADABLE.error(
        "Model file %s cannot be read: %s. Check that it exists and that this user may read it.",
        file, cause);
  }

  static GuardException vocabularyTooSmall(int vocabulary, int highestId) {
    return ErrorCode.MODEL_VOCABULARY_TOO_SMALL.error(
        "Model config: vocab_size in config.json is %d, but the tokenizer.json beside it has ids up to %d, for which there are no weights. Expected a tokenizer and weights of the same model; take the tokenizer.json that belongs to the weights, or the weights that were resized for it.",
        vocabulary, highestId);
  }

  static GuardException bundleOutputUnsuitable(String output) {
    return ErrorCode.BUNDLE_OUTPUT_UNSUITABLE.error(
        "Directory %s is not empty. Expected a new or empty one for the bundle. Name another, or empty it.",
        output);
  }

  static GuardException bundleNotWritten(String output, Throwable cause) {
    return ErrorCode.BUNDLE_NOT_WRITTEN.error(
        "Bundle %s cannot be written: %s. Expected readable files and room on the disk; remove what is there and try again.",
        output, cause);
  }

  static GuardException modelFileTampered(String file, String seen, String expected) {
    return ErrorCode.MODEL_FILE_TAMPERED.error(
        "Model file %s has %s. Expected %s by its manifest. The file was damaged or changed after the bundle was made; copy or upload the bundle again, or make it anew from its source.",
        file, seen, expected);
  }
}
