package io.bingoguard.cli;

import io.bingoguard.spark.settings.Setting;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Options that say how exchanges get to the model; each beats the setting of its name. */
final class TextOptions {
  @Option(
      names = "--long-text",
      paramLabel = "window|truncate|skip",
      description =
          "What becomes of texts that do not fit into a request: they are judged window by window, of which the most severe decides, lose their middle, or are not judged (default: window).")
  private Optional<String> longText = Optional.empty();

  @Option(
      names = "--prepare",
      paramLabel = "STEPS",
      description =
          "Change texts before they are judged: invisible (control, bidirectional and zero-width characters removed), markup (tags removed), nfc or nfkc (Unicode form); several with commas between. The column prepared tells.")
  private Optional<String> prepare = Optional.empty();

  @Option(
      names = "--languages",
      paramLabel = "CODES",
      description =
          "Judge exchanges in these languages only, such as en,de, and those whose language cannot be told; others get the status skipped_language.")
  private Optional<String> languages = Optional.empty();

  @Option(
      names = "--spread-dates",
      paramLabel = "DAYS",
      description =
          "For trying out the audit: exchanges for which the corpus tells no time get one of so many days before today, all of a conversation the same.")
  private Optional<Integer> spreadDates = Optional.empty();

  /** Settings, with what the options say in the place of theirs. */
  Map<String, String> over(Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    longText.ifPresent(mode -> all.put(Setting.LONG_TEXT.key(), mode));
    prepare.ifPresent(steps -> all.put(Setting.PREPARE.key(), steps));
    languages.ifPresent(codes -> all.put(Setting.LANGUAGES.key(), codes));
    spreadDates.ifPresent(days -> all.put(Setting.SPREAD_DATES.key(), String.valueOf(days)));
    return all;
  }
}
