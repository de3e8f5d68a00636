package io.bingoguard.guard;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A failure that a user can act on. The message names the subject, what was seen, what was expected
 * and the remedy; the code is stable across releases.
 */
public final class GuardException extends RuntimeException {
  private final ErrorCode code;

  /** Immutable, and one that Java can serialize. */
  @SuppressWarnings("serial")
  private final List<String> remedy;

  /** Empty for none: {@link Optional} cannot be serialized. */
  private final String file;

  GuardException(ErrorCode code, String message, Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.code = Objects.requireNonNull(code, "code");
    this.remedy = List.of();
    this.file = "";
  }

  private GuardException(GuardException told, List<String> remedy, String file) {
    super(told.getMessage(), told.getCause());
    this.code = told.code;
    this.remedy = List.copyOf(remedy);
    this.file = file;
    setStackTrace(told.getStackTrace());
  }

  /**
   * The same failure of a command that these arguments would have spared; its causes and traces
   * stay.
   *
   * @param arguments to add to the command, for example an option and its value
   */
  public GuardException sparedBy(List<String> arguments) {
    return new GuardException(this, arguments, file);
  }

  /** The same failure, which one file is to blame for. */
  public GuardException about(String path) {
    return new GuardException(this, remedy, path);
  }

  /** Path of the file that is to blame, if one is. */
  public Optional<String> file() {
    return Optional.of(file).filter(path -> !path.isEmpty());
  }

  /** Arguments that are to be added to the command that failed; empty where none are known. */
  public List<String> remedy() {
    return remedy;
  }

  public ErrorCode code() {
    return code;
  }

  /** With the code: stack traces show this, and of an error in a query Spark shows little else. */
  @Override
  public String getLocalizedMessage() {
    return "error [%s]: %s".formatted(code, getMessage());
  }

  /** What one line says of a failure: its code and message, or what kind it is. */
  public static String described(Throwable failure) {
    return failure instanceof GuardException known
        ? "error [%s]: %s".formatted(known.code, known.getMessage())
        : failure.toString().lines().findFirst().orElse("");
  }

  /** The first error with a code among a failure and its causes. */
  public static Optional<GuardException> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof GuardException known) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }
}
