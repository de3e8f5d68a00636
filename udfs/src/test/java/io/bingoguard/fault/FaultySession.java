package io.bingoguard.fault;

import ai.onnxruntime.OrtException;
import io.bingoguard.session.ChoiceLogits;
import io.bingoguard.session.KeyValues;
import io.bingoguard.session.LlamaSession;
import io.bingoguard.session.Pass;
import io.bingoguard.session.SessionSettings;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A session with faults at its boundary, in the words that ONNX Runtime has for them. */
public final class FaultySession implements LlamaSession {
  private final LlamaSession session;
  private final FaultPlan plan;
  private int passes;
  private boolean dead;

  FaultySession(LlamaSession session, FaultPlan plan) {
    this.session = session;
    this.plan = plan;
  }

  @Override
  public ChoiceLogits score(Pass pass, KeyValues prefix, int[] answerIds) throws OrtException {
    plan.number(FaultPlan.SLOW).ifPresent(FaultySession::sleepMillis);
    failAsPlanned(pass);
    ChoiceLogits logits = session.score(pass, prefix, answerIds);
    plan.passed();
    return logits;
  }

  private void failAsPlanned(Pass pass) throws OrtException {
    passes++;
    if (passes > 1 && (plan.isSet(FaultPlan.DIE) || plan.claim(FaultPlan.DIE_ONCE))) {
      dead = true;
    }
    if (dead) {
      throw new OrtException("CUDA failure 700: an illegal memory access was encountered");
    }
    if (passes > 1 && plan.claim(FaultPlan.HANG_ONCE)) {
      sleepMillis(Integer.MAX_VALUE);
    }
    int memory = plan.number(FaultPlan.MEMORY).orElse(Integer.MAX_VALUE);
    if (pass.paddedTokens() > memory) {
      throw new OrtException(
          "BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer");
    }
    int poison = plan.number(FaultPlan.POISON).orElse(-1);
    if (pass.requests().stream().flatMapToInt(Arrays::stream).anyMatch(id -> id == poison)) {
      throw new OrtException("Non-zero status code returned while running Gather node");
    }
  }

  /** Sleeps whatever happens, as a device does that hangs. */
  private static void sleepMillis(int millis) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    while (System.nanoTime() < until) {
      try {
        TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public SessionSettings settings() {
    return session.settings();
  }

  @Override
  public KeyValues noPrefix() throws OrtException {
    return session.noPrefix();
  }

  @Override
  public KeyValues extend(KeyValues past, int[] tokenIds) throws OrtException {
    return session.extend(past, tokenIds);
  }

  @Override
  public int[] decode(int[] prompt, int endToken, int maxNewTokens) throws OrtException {
    return session.decode(prompt, endToken, maxNewTokens);
  }

  @Override
  public void close() {
    session.close();
  }
}
