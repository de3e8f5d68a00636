package io.bingoguard.fault;

import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.device.Device;
import io.bingoguard.session.GuardSession;
import io.bingoguard.session.LlamaSession;
import io.bingoguard.session.Precision;
import io.bingoguard.session.SessionFactory;
import io.bingoguard.session.SessionSettings;

/** Opens sessions that compute on the CPU whatever GPU Spark gave, and fail as a plan says. */
public final class FaultySessions implements SessionFactory {
  @Override
  public LlamaSession open(Checkpoint checkpoint, SessionSettings settings) {
    SessionSettings onCpu =
        new SessionSettings(Device.CPU, Precision.FP32, 1, settings.maxTokens());
    return new FaultySession(GuardSession.open(checkpoint, onCpu), FaultPlan.ofProcess());
  }
}
