package io.bingoguard.device;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that CUDA needs, and how it stands with it.
 *
 * @param subject what was looked for, for example {@code libcudart.so.12}
 * @param seen what was found, or that nothing was
 * @param remedy what to do about it; absent when it is as it has to be
 */
public record CudaFinding(String subject, String seen, Optional<String> remedy) {
  public CudaFinding {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(seen, "seen");
    Objects.requireNonNull(remedy, "remedy");
  }

  static CudaFinding good(String subject, String seen) {
    return new CudaFinding(subject, seen, Optional.empty());
  }

  static CudaFinding missing(String subject, String seen, String remedy) {
    return new CudaFinding(subject, seen, Optional.of(remedy));
  }

  /** Whether CUDA can be used as far as this goes. */
  public boolean good() {
    return remedy.isEmpty();
  }
}
