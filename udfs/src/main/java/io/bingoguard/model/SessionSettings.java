package io.bingoguard.model;

import java.util.Objects;

/**
 * How a session is opened.
 *
 * @param device where it computes
 * @param precision number format it computes in
 * @param threads CPU threads of one pass; 0 for one a core
 * @param maxTokens longest request and largest number of tokens in a pass
 */
public record SessionSettings(Device device, Precision precision, int threads, int maxTokens) {
  public SessionSettings {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(precision, "precision");
    if (threads < 0 || maxTokens < 1) {
      throw new IllegalArgumentException("threads " + threads + ", maxTokens " + maxTokens);
    }
  }
}
