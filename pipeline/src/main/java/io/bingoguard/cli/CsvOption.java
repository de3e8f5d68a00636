package io.bingoguard.cli;

import io.bingoguard.source.CsvOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** In which dialect CSV files are read. */
final class CsvOption {
  @Option(
      names = "--csv",
      paramLabel = "KEY=VALUE",
      description =
          "Dialect of CSV files, where it is not to be found out: delimiter=comma|tab|semicolon|pipe or a character, quote=none or a character, escape=doubled|backslash. Repeatable.")
  private Map<String, String> named = new LinkedHashMap<>();

  /**
   * What is named.
   *
   * @throws io.bingoguard.guard.GuardException naming the option that is wrong
   */
  CsvOptions dialect() {
    return CsvOptions.of(named);
  }
}
