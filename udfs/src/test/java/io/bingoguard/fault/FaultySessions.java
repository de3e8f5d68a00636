package io.bingoguard.fault;

import io.bingoguard.model.Checkpoint;
import io.bingoguard.model.Device;
import io.bingoguard.model.GuardSession;
import io.bingoguard.model.LlamaSession;
import io.bingoguard.model.Precision;
import io.bingoguard.model.SessionFactory;
import io.bingoguard.model.SessionSettings;

/** Opens sessions that compute on the CPU whatever GPU Spark gave, and fail as a plan says. */
public final class FaultySessions implements SessionFactory {
  @Override
  public LlamaSession open(Checkpoint checkpoint, SessionSettings settings) {
    SessionSettings onCpu =
        new SessionSettings(Device.CPU, Precision.FP32, 1, settings.maxTokens());
    return new FaultySession(GuardSession.open(checkpoint, onCpu), FaultPlan.ofProcess());
  }
}
