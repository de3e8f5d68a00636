package io.bingoguard.source;

import io.bingoguard.guard.GuardException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a corpus that cannot be read, as was found when it was opened, and why. Where they
 * are to be passed over, nothing is found out from them, and reading them fails for the same
 * reason.
 */
final class PassedOver {
  private final boolean tolerant;
  private final Map<String, GuardException> failures = new LinkedHashMap<>();

  private PassedOver(boolean tolerant) {
    this.tolerant = tolerant;
  }

  /** None are passed over: the first that cannot be read is refused. */
  static PassedOver none() {
    return new PassedOver(false);
  }

  /** What cannot be read is passed over where the request says so. */
  static PassedOver asked(CorpusRequest request) {
    return new PassedOver(request.tolerant());
  }

  /**
   * Adds the file that a failure is about.
   *
   * @throws GuardException the failure, where it is about no file or one that was added before, and
   *     where no file is passed over
   */
  void add(GuardException failure) {
    boolean added =
        tolerant
            && failure
                .file()
                .filter(file -> failures.putIfAbsent(file, failure) == null)
                .isPresent();
    if (!added) {
      throw failure;
    }
  }

  boolean has(String path) {
    return failures.containsKey(path);
  }

  /** The failure of the first file that was added. */
  Optional<GuardException> first() {
    return failures.values().stream().findFirst();
  }

  /** Fails where some files could not be read when the corpus was opened. */
  void refuse(Iterable<DataFile> files) {
    for (DataFile file : files) {
      if (has(file.path())) {
        throw failures.get(file.path());
      }
    }
  }
}
