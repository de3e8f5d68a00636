package io.bingoguard.cli;

import io.bingoguard.review.ReviewFile;
import io.bingoguard.review.ReviewReport;
import io.bingoguard.review.Reviews;
import io.bingoguard.review.tool.ReviewTool;
import io.bingoguard.table.OutputDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code reviews}: what people say about labels. */
@Command(
    name = "reviews",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells how right the labels are, by what people answered.",
      "Takes answers about a sample of bingoguard export, and computes what they tell of all",
      "labels: precision, by category too, missed harm and the share of harm, each with its",
      "interval. Writes the tables reviews and review_estimates, which the page of audit shows."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bingoguard reviews --output labelled --import sample.csv --reviewer ann",
      "  bingoguard reviews --output labelled --summary reviews.json"
    })
final class ReviewsCommand extends GuardCommand<Reviews> {
  private static final String AUTO = "auto";

  /** What becomes of a file with answers that fit nothing. */
  private enum Unfit {
    FAIL,
    SKIP
  }

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Output of label from which a sample was drawn.")
  private String output;

  @Option(
      names = "--import",
      paramLabel = "FILE",
      description =
          "Answers: an export of Label Studio (JSON), records of Argilla (JSON), or CSV. Those that are known already are not taken twice.")
  private Optional<Path> answers = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "label-studio|argilla|csv",
      defaultValue = AUTO,
      description = "The tool that wrote the file (default: found out).")
  private String tool;

  @Option(
      names = "--reviewer",
      paramLabel = "NAME",
      description = "Who answered, where the file does not tell.")
  private Optional<String> reviewer = Optional.empty();

  @Option(
      names = "--unfit",
      paramLabel = "fail|skip",
      defaultValue = "fail",
      description =
          "What becomes of answers about unknown items, or that cannot be understood: the file is refused, or they are left out and counted (default: ${DEFAULT-VALUE}).")
  private Unfit unfit;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Write counts and figures as JSON to a local file.")
  private Optional<Path> summaryFile = Optional.empty();

  @Override
  Optional<Path> jsonFile() {
    return summaryFile;
  }

  @Override
  Reviews prepare(CommandContext context) {
    Optional<ReviewTool> known =
        tool.equals(AUTO)
            ? Optional.empty()
            : Optional.of(ReviewToolOption.of(spec(), "--from", tool));
    Optional<ReviewFile> file =
        answers.map(path -> new ReviewFile(path, known, reviewer, unfit == Unfit.SKIP));
    context.reachOutput(output);
    OutputDirectory directory = OutputDirectory.existing(output, context.hadoop());
    context.lease(directory);
    SparkSession spark = context.spark();
    context.steps().begin("Looking at the output and the answers");
    return Reviews.of(spark, directory, file, now());
  }

  @Override
  Outcome execute(CommandContext context, Reviews reviews) {
    ReviewReport report = reviews.run(now(), context.steps()::begin);
    return Outcome.done(report.text(), report.json());
  }

  /** As far as tables keep it. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
