package io.bingoguard.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** The command as it was typed, for records of how something was made. */
final class CommandLineText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
  private static final Pattern FOREIGN_SETTING =
      Pattern.compile("^((?:--conf=)?spark\\.(?!bingoguard\\.)[^=]*=).*", Pattern.DOTALL);

  private CommandLineText() {}

  /**
   * Words quoted as a shell needs them. Values of settings that are not this project's are left
   * out, since keys to storage are given in them.
   */
  static String of(CommandSpec command) {
    return of("bingoguard", command.root().commandLine().getParseResult().originalArgs());
  }

  /** The same for a program and the arguments of a command, its name first. */
  static String of(String program, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(quoted(program)));
    for (String word : arguments) {
      words.add(quoted(withoutSecret(word)));
    }
    return String.join(" ", words);
  }

  private static String withoutSecret(String word) {
    return FOREIGN_SETTING.matcher(word).replaceFirst("$1...");
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
