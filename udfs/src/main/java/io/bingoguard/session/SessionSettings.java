package io.bingoguard.session;

import io.bingoguard.device.Device;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How a session is opened.
 *
 * @param device where it computes
 * @param precision number format it computes in
 * @param threads CPU threads of one pass; 0 for one a core
 * @param maxTokens longest request and largest number of tokens in a pass
 * @param arenaBytes most memory of a GPU for what is not weights; absent for all of it
 */
public record SessionSettings(
    Device device, Precision precision, int threads, int maxTokens, OptionalLong arenaBytes) {
  public SessionSettings {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(arenaBytes, "arenaBytes");
    if (threads < 0 || maxTokens < 1) {
      throw new IllegalArgumentException("threads " + threads + ", maxTokens " + maxTokens);
    }
  }

  /** Settings without a limit of memory. */
  public SessionSettings(Device device, Precision precision, int threads, int maxTokens) {
    this(device, precision, threads, maxTokens, OptionalLong.empty());
  }
}
