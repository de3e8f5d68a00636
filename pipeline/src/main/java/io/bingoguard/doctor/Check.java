package io.bingoguard.doctor;

import io.bingoguard.engine.DeviceExamination;
import io.bingoguard.engine.DeviceExamination.State;
import io.bingoguard.guard.GuardException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * One thing that was looked at.
 *
 * @param name what it is, in a few words
 * @param status how it stands
 * @param seen what was found
 * @param remedy what to do about it; empty when there is nothing to do or {@code seen} says it
 */
public record Check(String name, State status, String seen, String remedy) {
  public Check {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(seen, "seen");
    Objects.requireNonNull(remedy, "remedy");
  }

  static List<Check> of(List<DeviceExamination.Finding> findings) {
    return findings.stream()
        .map(found -> new Check(found.subject(), found.state(), found.seen(), found.remedy()))
        .toList();
  }

  static Check ok(String name, String seen) {
    return new Check(name, State.OK, seen, "");
  }

  static Check warning(String name, String seen, String remedy) {
    return new Check(name, State.WARNING, seen, remedy);
  }

  static Check failed(String name, String seen, String remedy) {
    return new Check(name, State.FAILED, seen, remedy);
  }

  /** A failure whose message says what was seen and what to do. */
  static Check failed(String name, Throwable failure) {
    return failed(name, GuardException.described(failure), "");
  }

  /** Looks, and tells what hinders looking as a failure: one broken part must not hide others. */
  static List<Check> guarded(String name, Supplier<List<Check>> look) {
    try {
      return look.get();
    } catch (RuntimeException | LinkageError e) {
      return List.of(failed(name, e));
    }
  }
}
