package io.bingoguard.session;

/**
 * What a pass says at each of its C choice positions about each of the K answer tokens asked for.
 *
 * @param logProbs [C][K] log-probabilities over the whole vocabulary
 * @param argMax [C] most likely token of the whole vocabulary
 * @param logSumExp [C] log-sum-exp of the logits; a logit is its log-probability plus this
 */
public record ChoiceLogits(float[][] logProbs, int[] argMax, float[] logSumExp) {}
