package io.bingoguard.cli;

import io.bingoguard.review.tool.ReviewTool;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The tool that people review with, as options name it. */
final class ReviewToolOption {
  private ReviewToolOption() {}

  /** The tool; a name that is none is refused as a misused option. */
  static ReviewTool of(CommandSpec spec, String option, String name) {
    return ReviewTool.of(name)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "%s is '%s'; expected one of %s"
                        .formatted(option, name, String.join(", ", ReviewTool.keys()))));
  }
}
