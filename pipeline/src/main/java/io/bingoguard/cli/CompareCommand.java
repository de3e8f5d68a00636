package io.bingoguard.cli;

import io.bingoguard.compare.Comparison;
import io.bingoguard.compare.Decision;
import io.bingoguard.compare.LabelComparison;
import io.bingoguard.compare.LabelSelection;
import io.bingoguard.compare.Tolerance;
import io.bingoguard.compare.report.ComparisonJson;
import io.bingoguard.compare.report.ComparisonPage;
import io.bingoguard.compare.report.ComparisonText;
import io.bingoguard.engine.EngineVersion;
import io.bingoguard.page.PageMaking;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code compare}: what another model or setting would change, and whether that is too much. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares two label sets of the same content.",
      "They are of two outputs, of two models in one, or of two versions of a table. Asks no model",
      "and writes nothing into an output. With --tolerance it ends with exit code 0 when all is",
      "tolerated, 3 when something is not, 5 when too little was compared to tell."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bingoguard compare --before labelled --after labelled-fp16 --page compared.html",
      "  bingoguard compare --before labelled --tolerance flips=0.01 --json c.json",
      "  bingoguard compare --before labelled --before-version 3"
    })
final class CompareCommand extends GuardCommand<Comparison> {
  @Mixin private ComparedOptions compared;

  @Option(
      names = "--tolerance",
      paramLabel = "FIGURE=SHARE",
      description =
          "How much is tolerated, 0 to 1: of flips, category and severity the share that is another, of harmful how far its share may move, of unmatched the share of labels with none beside them. Repeatable.")
  private Map<Tolerance, Double> tolerances = new EnumMap<>(Tolerance.class);

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Write a page that says what changed and where (HTML).")
  private Optional<Path> page = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the same as JSON.")
  private Optional<Path> json = Optional.empty();

  @Override
  Optional<Path> jsonFile() {
    return json;
  }

  @Override
  Comparison prepare(CommandContext context) {
    tolerances.forEach(this::refuseUnfit);
    page.ifPresent(OutputFile::refuseUnwritable);
    compared.outputs().forEach(context::reachOutput);
    LabelSelection before = compared.before(context.hadoop());
    LabelSelection after = compared.after(context.hadoop());
    SparkSession spark = context.spark();
    context.steps().begin("Looking at the labels");
    return Comparison.prepare(spark, before, after, tolerances);
  }

  private void refuseUnfit(Tolerance tolerance, Double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new ParameterException(
          spec().commandLine(),
          "--tolerance %s is %s; expected 0 to 1".formatted(tolerance.key(), share));
    }
  }

  @Override
  Outcome execute(CommandContext context, Comparison comparison) {
    page.ifPresent(OutputFile::deleteOlder);
    LabelComparison found = comparison.execute(context.steps()::begin);
    PageMaking making =
        new PageMaking(Instant.now(), EngineVersion.current(), CommandLineText.of(spec()));
    Map<Path, String> files =
        page.map(file -> Map.of(file, ComparisonPage.of(found, making))).orElse(Map.of());
    return Outcome.done(ComparisonText.of(found), ComparisonJson.of(found))
        .with(files)
        .withExitCode(found.decision().map(CompareCommand::exitCode).orElse(ExitCode.DONE));
  }

  private static int exitCode(Decision decision) {
    return switch (decision) {
      case PASS -> ExitCode.DONE;
      case FAIL -> ExitCode.ALERT;
      case UNDECIDED -> ExitCode.UNDECIDED;
    };
  }
}
