package io.bingoguard.cli;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The command that helps after a command was refused, to be given as it stands or nearly so. */
final class NextCommand {
  /** How the launcher was called. */
  private static final String PROGRAM = "bingoguard.command";

  private static final String LABEL = "label";
  private static final String INPUT = "--input";
  private static final String OUTPUT = "--output";
  private static final String BAD_FILES = "--bad-files";

  /** What another output helps against. */
  private static final Set<ErrorCode> OTHER_OUTPUT =
      Set.of(ErrorCode.OUTPUT_OTHER_MODEL, ErrorCode.OUTPUT_UNSUITABLE);

  /** What naming columns helps against, and a column that the user then has to name. */
  private static final Map<ErrorCode, String> OTHER_COLUMNS =
      Map.of(
          ErrorCode.SOURCE_SCHEMA_AMBIGUOUS, "ROLE=NAME",
          ErrorCode.SOURCE_SCHEMA_UNKNOWN, "ROLE=NAME",
          ErrorCode.SOURCE_SCHEMA_MISFIT, "ROLE=NAME",
          ErrorCode.SOURCE_COLUMN_MISSING, "ROLE=NAME",
          ErrorCode.SOURCE_COLUMN_MISFIT, "ROLE=NAME",
          ErrorCode.SOURCE_CONTENT_UNREAD, "messages=NAME");

  private NextCommand() {}

  /**
   * The next command, where one is known.
   *
   * @param given the arguments of the command that failed, its name first
   */
  static Optional<String> after(GuardException failure, List<String> given) {
    // Other commands look at an output that is there.
    if (OTHER_OUTPUT.contains(failure.code()) && given.get(0).equals(LABEL)) {
      return value(given, OUTPUT)
          .map(output -> output.replaceAll("/+$", ""))
          .filter(output -> !output.isEmpty() && !output.endsWith("."))
          .map(output -> text(with(given, OUTPUT, output + "-new")));
    }
    if (failure.code() == ErrorCode.SOURCE_UNREADABLE
        && failure.file().isPresent()
        && given.get(0).equals(LABEL)
        && value(given, BAD_FILES).isEmpty()) {
      return Optional.of(with(given, List.of(BAD_FILES, "quarantine")));
    }
    if (!failure.remedy().isEmpty()) {
      return Optional.of(with(given, failure.remedy()));
    }
    return Optional.ofNullable(OTHER_COLUMNS.get(failure.code()))
        .flatMap(
            column ->
                value(given, INPUT)
                    .map(input -> text(List.of("inspect", INPUT, input, "--column", column))));
  }

  private static Optional<String> value(List<String> given, String option) {
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i).equals(option) && i + 1 < given.size()) {
        return Optional.of(given.get(i + 1));
      }
      if (given.get(i).startsWith(option + "=")) {
        return Optional.of(given.get(i).substring(option.length() + 1));
      }
    }
    return Optional.empty();
  }

  private static String text(List<String> arguments) {
    return CommandLineText.of(System.getProperty(PROGRAM, "bingoguard"), arguments);
  }

  private static String with(List<String> given, List<String> more) {
    return text(Stream.concat(given.stream(), more.stream()).toList());
  }

  private static List<String> with(List<String> given, String option, String value) {
    List<String> changed = new ArrayList<>(given);
    int joined = -1;
    for (int i = 0; i < given.size(); i++) {
      joined = given.get(i).startsWith(option + "=") ? i : joined;
    }
    if (joined >= 0) {
      changed.set(joined, option + "=" + value);
    } else {
      changed.set(given.indexOf(option) + 1, value);
    }
    return changed;
  }
}
