package io.bingoguard.cli;

import io.bingoguard.table.FilesAgreement;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.table.OutputState;
import io.bingoguard.table.RunsTable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code repair}: makes an output's tables agree with its labels. */
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes an output's other tables agree with its labels.",
      "Labels are not touched. What is recorded of input files is forgotten but for the files that",
      "labels name. The next run of label reads all of the input again, compares it with the",
      "labels, and labels what is missing; text that is labelled costs nothing again."
    },
    footerHeading = "%nExample:%n",
    footer = "  bingoguard repair --output labelled")
final class RepairCommand extends GuardCommand<OutputDirectory> {
  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "The output of label.")
  private String output;

  @Override
  OutputDirectory prepare(CommandContext context) {
    context.reachOutput(output);
    OutputDirectory directory = OutputDirectory.existing(output, context.hadoop());
    context.lease(directory);
    return directory;
  }

  @Override
  Outcome execute(CommandContext context, OutputDirectory directory) {
    SparkSession spark = context.spark();
    context.steps().begin("Looking at the tables");
    FilesAgreement files = FilesAgreement.of(spark, directory);
    files.deleteBroken();
    OutputState state = OutputState.of(spark, directory);
    long missing = state.behind().isPresent() ? 0 : state.missing();
    context.steps().begin("Making the tables agree");
    files.rebuild();
    RunsTable runs = RunsTable.of(spark, directory);
    if (runs.exists()) {
      runs.create();
      runs.closeDead(files.labels());
    }
    long known = files.read().where("file <> ''").count();
    return Outcome.done(
        """
        %s
        %,d input files are known by their labels. The next run of label reads all of the input,
        compares it with the labels that are there, and labels what is missing.
        """
            .formatted(
                state
                    .behind()
                    .map(seen -> "The labels were not those that were written: " + seen + ".")
                    .orElse(
                        missing > 0
                            ? "%,d rows of labels that were written are not there."
                                .formatted(missing)
                            : "The labels were those that were written."),
                known),
        "{}");
  }
}
