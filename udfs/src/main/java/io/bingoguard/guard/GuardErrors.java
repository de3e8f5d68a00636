package io.bingoguard.guard;

import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Every user-facing error of this module. Each message names the subject, what was seen, what was
 * expected, and the remedy.
 */
public final class GuardErrors {
  private GuardErrors() {}

  /** Java's message for a missing file is only its path. */
  private static String reason(Throwable cause) {
    return cause instanceof NoSuchFileException ? "no such file" : cause.getMessage();
  }

  /** The message of many of Java's file errors is only a path, and some have none. */
  private static String told(Throwable cause) {
    boolean needsName = cause.getMessage() == null || cause instanceof FileSystemException;
    return needsName ? cause.toString() : cause.getMessage();
  }

  /** The first error with a code among a failure and its causes. */
  public static Optional<GuardException> known(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof GuardException known) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  // ---- prompt packs ----

  public static GuardException packUnreadable(String source, Throwable cause) {
    return new GuardException(
        "PACK_UNREADABLE",
        "Prompt pack %s cannot be read: %s. Expected a JSON file as described in udfs/README.md."
            .formatted(source, reason(cause)),
        cause);
  }

  public static GuardException packInvalid(String source, String problem, String remedy) {
    return new GuardException(
        "PACK_INVALID", "Prompt pack %s: %s. %s.".formatted(source, problem, remedy));
  }

  public static GuardException packTokenUnknown(String pack, String spelling) {
    return new GuardException(
        "PACK_TOKEN_UNKNOWN",
        "Prompt pack %s names the token %s, which the tokenizer does not have. Expected a pack made for this tokenizer."
            .formatted(pack, spelling));
  }

  public static GuardException packTooManyBos(String pack, int found, int expected) {
    return new GuardException(
        "PACK_TOO_MANY_BOS",
        "Prompt pack %s: a template begins with %d BOS tokens, but bos_count is %d. Expected bos_count to count them all."
            .formatted(pack, found, expected));
  }

  public static GuardException answerBeginsAnother(GuardTask task, String answer) {
    return new GuardException(
        "ANSWERS_AMBIGUOUS",
        "Answers of task %s: the tokens of '%s' begin another answer, so the two cannot be told apart. Extend the shorter one by what follows it."
            .formatted(task.key(), answer));
  }

  public static GuardException answersBranchTwice(GuardTask task) {
    return new GuardException(
        "ANSWERS_AMBIGUOUS",
        "Answers of task %s branch at two places that do not lie on one path of tokens, so one forward pass cannot see both. Expected answers like 'safe' and 'unsafe' with codes."
            .formatted(task.key()));
  }

  public static GuardException promptExceedsLimit(
      String pack, GuardTask task, int tokens, int limit) {
    return new GuardException(
        "PROMPT_EXCEEDS_LIMIT",
        "Prompt pack %s: the prompt of task %s has %d tokens without any conversation text, but the limit is %d. Raise spark.bingoguard.maxTokens."
            .formatted(pack, task.key(), tokens, limit));
  }

  // ---- tokenizers ----

  public static GuardException tokenizerUnreadable(Path file, Throwable cause) {
    return new GuardException(
        "TOKENIZER_UNREADABLE",
        "Tokenizer %s cannot be used: %s. Expected a Hugging Face tokenizer.json."
            .formatted(file, reason(cause)),
        cause);
  }

  public static GuardException tokenForged(int id) {
    return new GuardException(
        "TOKEN_FORGED",
        "Plain text was tokenized to the special token %d. The text is not judged; check that the tokenizer's added tokens are not part of its merges."
            .formatted(id));
  }

  // ---- model directories ----

  public static GuardException modelFileMissing(Path directory, String file) {
    return modelFileMissing(directory.toString(), file);
  }

  public static GuardException modelFileMissing(String directory, String file) {
    return new GuardException(
        "MODEL_FILE_MISSING",
        "Model directory %s has no %s. A model directory holds config.json, tokenizer.json, prompt-pack.json and the safetensors files."
            .formatted(directory, file));
  }

  public static GuardException modelNotLocal(String model) {
    return new GuardException(
        "MODEL_NOT_LOCAL",
        "Model %s is no local path. Expected a directory that every executor host can read under the same path."
            .formatted(model));
  }

  public static GuardException demoModelNotUnpacked(Throwable cause) {
    return new GuardException(
        "DEMO_MODEL_NOT_UNPACKED",
        "The bundled demo model cannot be unpacked into %s: %s. Expected a writable folder there."
            .formatted(System.getProperty("java.io.tmpdir"), cause.getMessage()),
        cause);
  }

  // ---- distribution of models ----

  public static GuardException modelUnreachable(String model, Throwable cause) {
    return new GuardException(
        "MODEL_UNREACHABLE",
        "Model %s cannot be read: %s. Expected a path on a file system that Hadoop knows; check the path, its scheme and the permissions."
            .formatted(excerpt(model), excerpt(told(cause))),
        cause);
  }

  public static GuardException manifestMissing(String model) {
    return new GuardException(
        "MODEL_MANIFEST_MISSING",
        "Model %s has no bundle.json, so a copy of it could not be checked. Expected a bundle; make one with `bingoguard bundle` and upload that, or check the path."
            .formatted(excerpt(model)));
  }

  public static GuardException manifestInvalid(String manifest, String problem) {
    return new GuardException(
        "MODEL_MANIFEST_INVALID",
        "Manifest %s: %s. Expected what `bingoguard bundle` writes; make the bundle again."
            .formatted(excerpt(manifest), excerpt(problem)));
  }

  /** What was seen and expected is a size or a digest. */
  public static GuardException modelFileTampered(String file, String seen, String expected) {
    return new GuardException(
        "MODEL_FILE_TAMPERED",
        "Model file %s has %s. Expected %s by its manifest. The file was damaged or changed after the bundle was made; upload the bundle again."
            .formatted(excerpt(file), seen, expected));
  }

  public static GuardException modelNotCopied(String model, Path directory, Throwable cause) {
    return new GuardException(
        "MODEL_NOT_COPIED",
        "Model %s cannot be copied to %s: %s. Check that the model can be read and the directory written; the next attempt goes on where this one stopped."
            .formatted(excerpt(model), directory, excerpt(told(cause))),
        cause);
  }

  public static GuardException cacheUnusable(Path directory, Throwable cause) {
    return new GuardException(
        "MODEL_CACHE_UNUSABLE",
        "Cache directory %s cannot be used: %s. Expected a directory that this user can make and write, on every executor host; set spark.bingoguard.cache.directory."
            .formatted(directory, excerpt(told(cause))),
        cause);
  }

  public static GuardException cacheUnsafe(Path directory, String found) {
    return new GuardException(
        "MODEL_CACHE_UNSAFE",
        "Cache directory %s %s. Expected one that only this user can write, for others could put models there; remove it, run chmod 700 on it, or set spark.bingoguard.cache.directory."
            .formatted(directory, found));
  }

  public static GuardException cacheTooSmall(String model, long bytes, long others, long limit) {
    return new GuardException(
        "MODEL_CACHE_FULL",
        "Model %s has %d bytes, and models in use take %d bytes of the cache. Expected at most %d bytes in all; raise spark.bingoguard.cache.maxSize."
            .formatted(excerpt(model), bytes, others, limit));
  }

  public static GuardException cacheDiskFull(
      String model, long missing, long usable, Path directory) {
    return new GuardException(
        "MODEL_CACHE_FULL",
        "Model %s needs %d bytes more in %s, whose disk has %d usable. Free some, or set spark.bingoguard.cache.directory to a larger disk."
            .formatted(excerpt(model), missing, directory, usable));
  }

  // ---- settings ----

  public static GuardException settingInvalid(String key, String value, String expected) {
    return new GuardException(
        "SETTING_INVALID", "Setting %s is '%s'. Expected %s.".formatted(key, value, expected));
  }

  public static GuardException gpuAddressUnknown(String address) {
    return new GuardException(
        "GPU_ADDRESS_UNKNOWN",
        "Spark gave the task the GPU address '%s'. Expected CUDA ordinals such as 0; let the discovery script print those."
            .formatted(excerpt(address)));
  }

  public static GuardException sessionFactoryUnusable(String key, String name, Throwable cause) {
    return new GuardException(
        "SETTING_INVALID",
        "Setting %s is '%s', which cannot be used: %s. Expected a class on the class path with a public constructor without parameters that implements io.bingoguard.model.SessionFactory."
            .formatted(key, name, cause),
        cause);
  }

  // ---- sessions ----

  public static GuardException sessionNotOpened(Path weights, String device, Throwable cause) {
    return new GuardException(
        "SESSION_NOT_OPENED",
        "ONNX Runtime cannot open the checkpoint in %s on %s: %s. Expected a usable device and intact weight files; run doctor for a closer look."
            .formatted(weights, device, cause.getMessage()),
        cause);
  }

  public static GuardException modelExceedsMemory(String device, long freeBytes, long weights) {
    return new GuardException(
        "MODEL_EXCEEDS_MEMORY",
        "The weights need %,d MiB and %s has %,d MiB free. Expected room for both weights and passes; free memory on the device, use one with more, or set spark.bingoguard.precision to fp16 or bf16."
            .formatted(weights >> 20, device, freeBytes >> 20));
  }

  /**
   * A CUDA device that was asked for and cannot be used.
   *
   * @param findings what is missing, each with its remedy
   */
  public static GuardException cudaNotUsable(int ordinal, List<String> findings, Throwable cause) {
    return new GuardException(
        "CUDA_NOT_USABLE",
        "CUDA device %d cannot be used. Missing: %s. Expected all of it; with spark.bingoguard.device=cpu the model runs on the CPU, far slower."
            .formatted(ordinal, String.join("; ", findings)),
        cause);
  }

  public static GuardException precisionNotSupported(String precision, String device) {
    return new GuardException(
        "PRECISION_NOT_SUPPORTED",
        "Number format %s is not supported on device %s. Expected a CUDA device for it; set spark.bingoguard.precision to auto or fp32."
            .formatted(precision, device));
  }

  public static GuardException sessionNotClosed(Throwable cause) {
    return new GuardException(
        "SESSION_NOT_CLOSED",
        "ONNX Runtime could not close a session: %s.".formatted(cause.getMessage()),
        cause);
  }

  // ---- scoring ----

  public static GuardException requestNotMade(Throwable cause) {
    return new GuardException(
        "REQUEST_NOT_MADE",
        "The text could not be tokenized: %s.".formatted(cause.getMessage()),
        cause);
  }

  public static GuardException passFailed(Throwable cause) {
    return new GuardException(
        "PASS_FAILED",
        "ONNX Runtime could not score the request: %s.".formatted(cause.getMessage()),
        cause);
  }

  public static GuardException requestExceedsMemory(Throwable cause) {
    return new GuardException(
        "REQUEST_EXCEEDS_MEMORY",
        "The request alone does not fit into the device's memory: %s. Lower spark.bingoguard.maxTokens, or use a device with more memory."
            .formatted(cause.getMessage()),
        cause);
  }

  public static GuardException prefixExceedsMemory(String prefix, int tokens, Throwable cause) {
    return new GuardException(
        "PREFIX_EXCEEDS_MEMORY",
        "The shared prefix '%s' of %d tokens does not fit into the device's memory beside the weights: %s. Free memory on the device, or use one with more."
            .formatted(prefix, tokens, cause.getMessage()),
        cause);
  }

  public static GuardException deviceFailed(Throwable cause) {
    return new GuardException(
        "DEVICE_FAILED",
        "The device failed: %s. Expected one that computes; the work is done again elsewhere. Check the device (nvidia-smi, the kernel log) before this host is used again."
            .formatted(cause.getMessage()),
        cause);
  }

  public static GuardException sessionBroken(Throwable cause) {
    return new GuardException(
        "SESSION_BROKEN",
        "The session fails every request, a harmless one too: %s. Expected a working one; the work is done again in a new one. Check the device and the model files of this host."
            .formatted(cause.getMessage()),
        cause);
  }

  public static GuardException passTimedOut(String device, long seconds) {
    return new GuardException(
        "PASS_TIMED_OUT",
        "A pass on %s has not ended after %d s. Expected seconds; the device hangs, or spark.bingoguard.passTimeout is too low for it. The work is done again elsewhere."
            .formatted(device, seconds));
  }

  public static GuardException scoresNotFinite() {
    return new GuardException(
        "SCORES_NOT_FINITE",
        "The model gave logits that are no numbers. Check the weights, or use a wider precision.");
  }

  // ---- checkpoints: config.json, safetensors ----

  public static GuardException modelDirectoryMissing(Path directory) {
    return new GuardException(
        "MODEL_DIRECTORY_MISSING",
        "Model %s is no directory. Expected one with config.json and safetensors files; check the path."
            .formatted(directory));
  }

  public static GuardException modelFileUnreadable(Path file, Throwable cause) {
    return new GuardException(
        "MODEL_FILE_UNREADABLE",
        "Model file %s cannot be read: %s. Check that it exists and that this user may read it."
            .formatted(file, excerpt(String.valueOf(cause.getMessage()))),
        cause);
  }

  public static GuardException modelJsonInvalid(Path file, String found, String expected) {
    return new GuardException(
        "MODEL_JSON_INVALID",
        "Model file %s: %s. Expected %s. Download the file again from where the model came from."
            .formatted(file, excerpt(found), excerpt(expected)));
  }

  public static GuardException configInvalid(
      Path file, String field, String found, String expected) {
    return new GuardException(
        "MODEL_CONFIG_INVALID",
        "Model config %s: field %s is %s. Expected %s. Compare it with the model's original config.json."
            .formatted(file, field, excerpt(found), expected));
  }

  public static GuardException configUnsupported(
      Path file, String field, String found, String expected) {
    return new GuardException(
        "MODEL_UNSUPPORTED",
        "Model config %s: field %s is %s. Supported: %s. Only plain Llama checkpoints can be run; convert or choose another."
            .formatted(file, field, excerpt(found), expected));
  }

  public static GuardException weightsInvalid(Path file, String found, String expected) {
    return new GuardException(
        "MODEL_WEIGHTS_INVALID",
        "Weight file %s: %s. Expected %s. Download the file again; it is damaged or no safetensors file."
            .formatted(file, excerpt(found), expected));
  }

  public static GuardException tensorInvalid(
      Path file, String tensor, String found, String expected) {
    return new GuardException(
        "MODEL_WEIGHTS_INVALID",
        "Weight file %s: tensor %s %s. Expected %s. Download the file again; it is damaged or no safetensors file."
            .formatted(file, excerpt(tensor), excerpt(found), expected));
  }

  public static GuardException weightsAmbiguous(Path directory, int files, String index) {
    return new GuardException(
        "MODEL_WEIGHTS_AMBIGUOUS",
        "Model directory %s has %d safetensors files, none of them model.safetensors. Expected one file, or shards with %s; add the index or remove the other files."
            .formatted(directory, files, index));
  }

  public static GuardException weightsScattered(Path directory, List<Path> folders) {
    return new GuardException(
        "MODEL_WEIGHTS_SCATTERED",
        "Model directory %s links to weight files in %d folders: %s. Expected one folder; copy the model with links resolved (cp -rL) and use the copy."
            .formatted(directory, folders.size(), excerpt(folders.toString())));
  }

  public static GuardException shardMissing(Path index, String shard) {
    return new GuardException(
        "MODEL_SHARD_MISSING",
        "Model index %s names shard %s, which is not beside it. Download the missing shard."
            .formatted(index, excerpt(shard)));
  }

  public static GuardException tensorMissing(Path file, String tensor) {
    return new GuardException(
        "MODEL_TENSOR_MISSING",
        "Weights %s hold no tensor %s. Expected every tensor that config.json calls for; check that both are of the same model."
            .formatted(file, excerpt(tensor)));
  }

  public static GuardException tensorShape(
      Path file, String tensor, List<Long> found, List<Long> expected) {
    return new GuardException(
        "MODEL_TENSOR_SHAPE",
        "Weight file %s: tensor %s has shape %s. Expected %s by config.json; check that both are of the same model."
            .formatted(file, excerpt(tensor), found, expected));
  }

  public static GuardException tensorDtype(
      Path file, String tensor, String found, List<?> expected) {
    return new GuardException(
        "MODEL_TENSOR_DTYPE",
        "Weight file %s: tensor %s is of type %s. Expected one of %s; use an unquantized release of the model."
            .formatted(file, excerpt(tensor), excerpt(found), expected));
  }

  public static GuardException severityNotInPack(String pack) {
    return new GuardException(
        "SEVERITY_NOT_IN_PACK",
        "Prompt pack %s has no severity task. Expected one to grade replies; take a pack that has it, or leave severities out."
            .formatted(pack));
  }

  public static GuardException categoryUnknown(String code) {
    return new GuardException(
        "CATEGORY_UNKNOWN",
        "Category '%s' is none of the model's prompt pack. Expected a code that the pack lists."
            .formatted(excerpt(code)));
  }

  /** Text from a file may be long and hold anything; a message holds a printable piece of it. */
  private static String excerpt(String text) {
    int limit = 200;
    String piece = text.length() > limit ? text.substring(0, limit) + "..." : text;
    return piece.replaceAll("\\p{Cntrl}", "?");
  }
}
