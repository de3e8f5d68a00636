package io.bingoguard.review.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;

/** Finds out by which tool a file was written. */
public final class ToolFinder {
  private ToolFinder() {}

  /**
   * The tool, by the file's name and by what its first object has.
   *
   * @throws io.bingoguard.guard.GuardException REVIEWS_UNREADABLE
   */
  public static ReviewTool find(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv") || name.endsWith(".tsv")) {
      return ReviewTool.CSV;
    }
    JsonNode first = JsonList.read(file).path(0);
    if (first.has(LabelStudioFormat.ANNOTATIONS)) {
      return ReviewTool.LABEL_STUDIO;
    }
    if (first.has(ArgillaFormat.RESPONSES)) {
      return ReviewTool.ARGILLA;
    }
    throw ToolErrors.unknownForm(file.toString());
  }
}
