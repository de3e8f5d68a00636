package io.bingoguard.session;

import ai.onnxruntime.OrtException;

/**
 * An opened checkpoint that scores packs in one forward pass each. Not safe for use by several
 * threads at once. Owns native memory.
 */
public interface LlamaSession extends AutoCloseable {
  /** How it was opened. */
  SessionSettings settings();

  /** A prefix of no tokens. */
  KeyValues noPrefix() throws OrtException;

  /**
   * Computes the keys and values of one token sequence.
   *
   * @param past what stands before it; stays open
   */
  KeyValues extend(KeyValues past, int[] tokenIds) throws OrtException;

  /**
   * Scores a pack.
   *
   * @param prefix keys and values of the shared prefix, of the pass's prefix length
   * @param answerIds the answer tokens whose log-probabilities are wanted
   */
  ChoiceLogits score(Pass pass, KeyValues prefix, int[] answerIds) throws OrtException;

  /**
   * Answers a prompt token by token, always the most likely one: what single-pass scoring is
   * checked against.
   *
   * @param endToken ends an answer and is not part of it
   * @param maxNewTokens most tokens to write
   * @return the answer's tokens
   */
  int[] decode(int[] prompt, int endToken, int maxNewTokens) throws OrtException;

  @Override
  void close();
}
