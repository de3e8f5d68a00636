package io.bingoguard.review.tool;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What people review with. */
public enum ReviewTool {
  LABEL_STUDIO,
  ARGILLA,
  CSV;

  /** The tool as options and tables spell it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The tool of a spelling. */
  public static Optional<ReviewTool> of(String key) {
    return Arrays.stream(values()).filter(tool -> tool.key().equals(key)).findFirst();
  }

  /** All spellings. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(ReviewTool::key).toList();
  }

  /** How its files are written and read. */
  public ReviewFormat format() {
    return switch (this) {
      case LABEL_STUDIO -> new LabelStudioFormat();
      case ARGILLA -> new ArgillaFormat();
      case CSV -> new CsvFormat();
    };
  }
}
