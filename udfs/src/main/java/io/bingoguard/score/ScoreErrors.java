package io.bingoguard.score;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.GuardTask;

/** What users are told of errors in this package. */
final class ScoreErrors {
  private ScoreErrors() {}

  static GuardException packTokenUnknown(String pack, String spelling) {
    return ErrorCode.PACK_TOKEN_UNKNOWN.error(
        "Prompt pack %s names the token %s, which the tokenizer does not have. Expected a pack made for this tokenizer.",
        pack, spelling);
  }

  static GuardException packTokenNotSpecial(String pack, String spelling) {
    return ErrorCode.PACK_TOKEN_NOT_SPECIAL.error(
        "Prompt pack %s: a template has the token %s, which the tokenizer does not call special, so that conversation text could forge it. Expected a special token; set \"special\": true for it in the tokenizer's added_tokens.",
        pack, spelling);
  }

  static GuardException packTooManyBos(String pack, int found, int expected) {
    return ErrorCode.PACK_TOO_MANY_BOS.error(
        "Prompt pack %s: a template begins with %d BOS tokens, but bos_count is %d. Expected bos_count to count them all.",
        pack, found, expected);
  }

  static GuardException answerBeginsAnother(GuardTask task, String answer) {
    return ErrorCode.ANSWERS_AMBIGUOUS.error(
        "Answers of task %s: the tokens of '%s' begin another answer, so the two cannot be told apart. Extend the shorter one by what follows it.",
        task.key(), answer);
  }

  static GuardException answersBranchTwice(GuardTask task) {
    return ErrorCode.ANSWERS_AMBIGUOUS.error(
        "Answers of task %s branch at two places that do not lie on one path of tokens, so one forward pass cannot see both. Expected answers like 'safe' and 'unsafe' with codes.",
        task.key());
  }

  static GuardException promptExceedsLimit(String pack, GuardTask task, int tokens, int limit) {
    return ErrorCode.PROMPT_EXCEEDS_LIMIT.error(
        "Prompt pack %s: the prompt of task %s has %d tokens without any conversation text, but the limit is %d. Raise spark.bingoguard.maxTokens, or take a model whose max_position_embeddings allows more.",
        pack, task.key(), tokens, limit);
  }

  static GuardException requestNotMade(Throwable cause) {
    return ErrorCode.REQUEST_NOT_MADE.error("The text could not be tokenized: %s.", cause);
  }

  static GuardException passFailed(Throwable cause) {
    return ErrorCode.PASS_FAILED.error("ONNX Runtime could not score the request: %s.", cause);
  }

  static GuardException requestExceedsMemory(Throwable cause) {
    return ErrorCode.REQUEST_EXCEEDS_MEMORY.error(
        "The request alone does not fit into the device's memory: %s. Lower spark.bingoguard.maxTokens, or use a device with more memory.",
        cause);
  }

  static GuardException prefixExceedsMemory(String prefix, int tokens, Throwable cause) {
    return ErrorCode.PREFIX_EXCEEDS_MEMORY.error(
        "The shared prefix '%s' of %d tokens does not fit into the device's memory beside the weights: %s. Free memory on the device, or use one with more.",
        prefix, tokens, cause);
  }

  static GuardException deviceFailed(Throwable cause) {
    return ErrorCode.DEVICE_FAILED.error(
        "The device failed: %s. Expected one that computes; the work is done again elsewhere. Check the device (nvidia-smi, the kernel log) before this host is used again.",
        cause);
  }

  static GuardException sessionBroken(Throwable cause) {
    return ErrorCode.SESSION_BROKEN.error(
        "The session fails every request, a harmless one too: %s. Expected a working one; the work is done again in a new one. Check the device and the model files of this host.",
        cause);
  }

  static GuardException scoresNotFinite() {
    return ErrorCode.SCORES_NOT_FINITE.error(
        "The model gave logits that are no numbers. Check the weights, or use a wider precision.");
  }

  static GuardException severityNotInPack(String pack) {
    return ErrorCode.SEVERITY_NOT_IN_PACK.error(
        "Prompt pack %s has no severity task. Expected one to grade replies; take a pack that has it, or leave severities out.",
        pack);
  }
}
