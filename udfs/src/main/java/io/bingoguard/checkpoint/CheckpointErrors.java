package io.bingoguard.checkpoint;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.nio.file.Path;
import java.util.List;

/** What users are told of errors in this package. */
final class CheckpointErrors {
  private CheckpointErrors() {}

  static GuardException modelFileMissing(Path directory, String file) {
    return ErrorCode.MODEL_FILE_MISSING.error(
        "Model directory %s has no %s. A model directory holds config.json, tokenizer.json, prompt-pack.json and the safetensors files.",
        directory, file);
  }

  static GuardException modelDirectoryMissing(Path directory) {
    return ErrorCode.MODEL_DIRECTORY_MISSING.error(
        "Model %s is no directory. Expected one with config.json and safetensors files; check the path.",
        directory);
  }

  static GuardException modelFileUnreadable(Path file, Throwable cause) {
    return ErrorCode.MODEL_FILE_UNREADABLE.error(
        "Model file %s cannot be read: %s. Check that it exists and that this user may read it.",
        file, cause);
  }

  static GuardException lfsPointer(Path file, ErrorCode code) {
    return code.error(
        "Model file %s is a Git LFS pointer, not the file itself. Expected what it points to; fetch it with git lfs pull.",
        file);
  }

  static GuardException modelJsonInvalid(Path file, String found, String expected) {
    return ErrorCode.MODEL_JSON_INVALID.error(
        "Model file %s: %s. Expected %s. Download the file again from where the model came from.",
        file, found, expected);
  }

  static GuardException configInvalid(Path file, String field, String found, String expected) {
    return ErrorCode.MODEL_CONFIG_INVALID.error(
        "Model config %s: field %s is %s. Expected %s. Compare it with the model's original config.json.",
        file, field, found, expected);
  }

  static GuardException configUnsupported(Path file, String field, String found, String expected) {
    return ErrorCode.MODEL_UNSUPPORTED.error(
        "Model config %s: field %s is %s. Supported: %s. Only plain Llama checkpoints can be run; convert or choose another.",
        file, field, found, expected);
  }

  static GuardException weightsInvalid(Path file, String found, String expected) {
    return ErrorCode.MODEL_WEIGHTS_INVALID.error(
        "Weight file %s: %s. Expected %s. Download the file again; it is damaged or no safetensors file.",
        file, found, expected);
  }

  static GuardException tensorInvalid(Path file, String tensor, String found, String expected) {
    return ErrorCode.MODEL_WEIGHTS_INVALID.error(
        "Weight file %s: tensor %s %s. Expected %s. Download the file again; it is damaged or no safetensors file.",
        file, tensor, found, expected);
  }

  static GuardException weightsAmbiguous(Path directory, int files, String index) {
    return ErrorCode.MODEL_WEIGHTS_AMBIGUOUS.error(
        "Model directory %s has %d safetensors files, none of them model.safetensors. Expected one file, or shards with %s; add the index or remove the other files.",
        directory, files, index);
  }

  static GuardException weightsScattered(Path directory, List<Path> folders) {
    return ErrorCode.MODEL_WEIGHTS_SCATTERED.error(
        "Model directory %s links to weight files in %d folders: %s. Expected one folder; copy the model with links resolved (cp -rL) and use the copy.",
        directory, folders.size(), folders.toString());
  }

  static GuardException shardMissing(Path index, String shard) {
    return ErrorCode.MODEL_SHARD_MISSING.error(
        "Model index %s names shard %s, which is not beside it. Download the missing shard.",
        index, shard);
  }

  static GuardException tensorMissing(Path file, String tensor) {
    return ErrorCode.MODEL_TENSOR_MISSING.error(
        "Weights %s hold no tensor %s. Expected every tensor that config.json calls for; check that both are of the same model.",
        file, tensor);
  }

  static GuardException tensorsUnused(Path source, List<String> tensors) {
    return ErrorCode.MODEL_TENSOR_UNUSED.error(
        "Weights %s hold %d tensors that no part of the model in config.json uses: %s. Expected none, since the weights were trained as another model. Take the config.json that belongs to them, merge an adapter into its base (merge_and_unload of peft), or choose a plain Llama.",
        source, tensors.size(), tensors);
  }

  static GuardException weightNotFinite(Path file, String tensor, long element, TensorType type) {
    return ErrorCode.MODEL_WEIGHTS_NOT_FINITE.error(
        "Weight file %s: element %d of tensor %s is no finite %s number. Expected numbers; download the file again, or take another checkpoint of the training, which diverged.",
        file, element, tensor, type);
  }

  static GuardException adapterBeside(Path directory, String file) {
    return ErrorCode.MODEL_ADAPTER_UNMERGED.error(
        "Model directory %s has %s, an adapter that would not be used. Expected weights that are complete. Merge it into its base (merge_and_unload of peft) and use the result, or remove it to use the base alone.",
        directory, file);
  }

  static GuardException tensorShape(
      Path file, String tensor, List<Long> found, List<Long> expected) {
    return ErrorCode.MODEL_TENSOR_SHAPE.error(
        "Weight file %s: tensor %s has shape %s. Expected %s by config.json; check that both are of the same model.",
        file, tensor, found.toString(), expected.toString());
  }

  static GuardException tensorDtype(Path file, String tensor, String found, List<?> expected) {
    return ErrorCode.MODEL_TENSOR_DTYPE.error(
        "Weight file %s: tensor %s is of type %s. Expected one of %s; use an unquantized release of the model.",
        file, tensor, found, expected);
  }
}
