package io.bingoguard.cli;

import io.bingoguard.compare.LabelSelection;
import io.bingoguard.table.OutputDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** Which label sets are compared. */
final class ComparedOptions {
  @Option(
      names = "--before",
      required = true,
      paramLabel = "DIR",
      description = "The --output of label with the labels that are there.")
  private String before;

  @Option(
      names = "--after",
      paramLabel = "DIR",
      description =
          "The one with the labels that may take their place (default: that of --before).")
  private Optional<String> after = Optional.empty();

  @Option(
      names = "--before-model",
      paramLabel = "TEXT",
      description =
          "Beginning of the name, revision or prompt pack of the model before (default: the one last at work; of the same labels, another than after). Repeatable: all have to fit.")
  private List<String> beforeModel = new ArrayList<>();

  @Option(
      names = "--after-model",
      paramLabel = "TEXT",
      description = "The same of the model after (default: the one last at work).")
  private List<String> afterModel = new ArrayList<>();

  @Option(
      names = "--before-version",
      paramLabel = "N",
      description = "Version of the labels table before (default: the newest).")
  private Optional<Long> beforeVersion = Optional.empty();

  @Option(
      names = "--after-version",
      paramLabel = "N",
      description = "Version of the labels table after (default: the newest).")
  private Optional<Long> afterVersion = Optional.empty();

  @Option(
      names = "--before-run",
      paramLabel = "ID",
      description = "Only labels before that this run wrote (default: all).")
  private Optional<String> beforeRun = Optional.empty();

  @Option(
      names = "--after-run",
      paramLabel = "ID",
      description = "Only labels after that this run wrote (default: all).")
  private Optional<String> afterRun = Optional.empty();

  /** The paths that are read. */
  List<String> outputs() {
    return after.map(other -> List.of(before, other)).orElse(List.of(before));
  }

  /**
   * The labels that are there.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_MISSING and the like
   */
  LabelSelection before(Configuration hadoop) {
    return new LabelSelection(
        OutputDirectory.existing(before, hadoop), beforeVersion, beforeModel, beforeRun);
  }

  /**
   * Those that may take their place.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_MISSING and the like
   */
  LabelSelection after(Configuration hadoop) {
    return new LabelSelection(
        OutputDirectory.existing(after.orElse(before), hadoop), afterVersion, afterModel, afterRun);
  }
}
