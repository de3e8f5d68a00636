package io.bingoguard.cli;

import io.bingoguard.guard.GuardException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a command came to.
 *
 * @param text for people
 * @param json the same for programs
 * @param files what else is to be written, once the text is printed
 * @param exitCode what the process returns
 * @param problem what is wrong with work that was done; its code then gives the exit code
 */
record Outcome(
    String text,
    String json,
    Map<Path, String> files,
    int exitCode,
    Optional<GuardException> problem) {
  Outcome {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(json, "json");
    files = Map.copyOf(files);
    Objects.requireNonNull(problem, "problem");
  }

  static Outcome done(String text, String json) {
    return new Outcome(text, json, Map.of(), ExitCode.DONE, Optional.empty());
  }

  Outcome with(Map<Path, String> written) {
    return new Outcome(text, json, written, exitCode, problem);
  }

  Outcome withExitCode(int code) {
    return new Outcome(text, json, files, code, problem);
  }

  Outcome with(Optional<GuardException> wrong) {
    return new Outcome(text, json, files, exitCode, wrong);
  }
}
