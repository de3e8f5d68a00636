package io.bingoguard.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the records of a corpus are stored. */
public enum CorpusFormat {
  PARQUET("parquet", "Parquet"),
  DELTA("delta", "Delta"),
  JSON_LINES("json", "JSON Lines"),
  CSV("csv", "CSV");

  private final String key;
  private final String title;

  CorpusFormat(String key, String title) {
    this.key = key;
    this.title = title;
  }

  private List<String> extensions() {
    return switch (this) {
      case PARQUET -> List.of("parquet");
      case DELTA -> List.of();
      case JSON_LINES -> packedToo("jsonl", "json", "ndjson");
      case CSV -> packedToo("csv", "tsv");
    };
  }

  private static List<String> packedToo(String... extensions) {
    return Arrays.stream(extensions)
        .flatMap(
            extension ->
                Stream.concat(
                    Stream.of(extension),
                    TextCodecs.ENDINGS.stream().map(packed -> extension + "." + packed)))
        .toList();
  }

  /** Name on the command line. */
  public String key() {
    return key;
  }

  String title() {
    return title;
  }

  /** The format of a command-line name; an unknown name is an error that lists the known ones. */
  public static CorpusFormat of(String key) {
    return Arrays.stream(values())
        .filter(format -> format.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                SourceErrors.sourceFormatNotNamed(
                    key, Arrays.stream(values()).map(CorpusFormat::key).toList()));
  }

  static Optional<CorpusFormat> ofFileName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.extensions().stream().anyMatch(end -> lower.endsWith("." + end)))
        .findFirst();
  }

  /** A Hadoop glob for this format's file names in any mix of upper and lower case. */
  String fileNameGlob() {
    return extensions().stream()
        .map(CorpusFormat::anyCase)
        .collect(Collectors.joining(",", "*.{", "}"));
  }

  private static String anyCase(String extension) {
    return extension
        .chars()
        .mapToObj(
            letter ->
                Character.isLetter(letter)
                    ? "[%c%c]".formatted(letter, Character.toUpperCase(letter))
                    : String.valueOf((char) letter))
        .collect(Collectors.joining());
  }
}
