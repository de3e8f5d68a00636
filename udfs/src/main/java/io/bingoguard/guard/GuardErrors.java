package io.bingoguard.guard;

import java.nio.file.Path;

/**
 * Every user-facing error of this module. Each message names the subject, what was seen, what was
 * expected, and the remedy.
 */
public final class GuardErrors {
  private GuardErrors() {}

  // ---- prompt packs ----

  public static GuardException packUnreadable(String source, Throwable cause) {
    return new GuardException(
        "PACK_UNREADABLE",
        "Prompt pack %s cannot be read: %s. Expected a JSON file as described in udfs/README.md."
            .formatted(source, cause.getMessage()),
        cause);
  }

  public static GuardException packInvalid(String source, String problem, String remedy) {
    return new GuardException(
        "PACK_INVALID", "Prompt pack %s: %s. %s.".formatted(source, problem, remedy));
  }

  // ---- tokenizers ----

  public static GuardException tokenizerUnreadable(Path file, Throwable cause) {
    return new GuardException(
        "TOKENIZER_UNREADABLE",
        "Tokenizer %s cannot be used: %s. Expected a Hugging Face tokenizer.json."
            .formatted(file, cause.getMessage()),
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
    return new GuardException(
        "MODEL_FILE_MISSING",
        "Model directory %s has no %s. A model directory holds config.json, tokenizer.json, prompt-pack.json and the safetensors files."
            .formatted(directory, file));
  }
}
