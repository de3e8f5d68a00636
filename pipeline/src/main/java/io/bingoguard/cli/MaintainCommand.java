package io.bingoguard.cli;

import io.bingoguard.maintain.Maintenance;
import io.bingoguard.maintain.MaintenanceText;
import io.bingoguard.maintain.TableMaintenance;
import io.bingoguard.table.OutputDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code maintain}: keeps the tables of an output quick to read. */
@Command(
    name = "maintain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compacts an output's tables and deletes their old files.",
      "Only files that the tables no longer need are deleted. Labels stay as they are, and label",
      "goes on with the output as before."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bingoguard maintain --output labelled --plan",
      "  bingoguard maintain --output labelled --retain-days 30"
    })
final class MaintainCommand extends GuardCommand<Maintenance> {
  /** What Delta holds for safe: readers and writers are taken to end within that time. */
  private static final int LEAST_DAYS = 7;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Output of earlier runs of label.")
  private String output;

  @Option(
      names = "--retain-days",
      paramLabel = "N",
      description =
          "Keep files that versions of the last N days need, at least 7 (default: as the table says, 7 usually).")
  private Optional<Integer> retainDays = Optional.empty();

  @Option(names = "--plan", description = "Change nothing, and tell what would be deleted.")
  private boolean plan;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Write what was done as JSON to a local file.")
  private Optional<Path> summaryFile = Optional.empty();

  @Override
  Optional<Path> jsonFile() {
    return summaryFile;
  }

  @Override
  Maintenance prepare(CommandContext context) {
    if (retainDays.isPresent() && retainDays.get() < LEAST_DAYS) {
      throw new ParameterException(
          spec().commandLine(),
          "--retain-days is %d; expected at least %d, since runs and readers may still need younger files"
              .formatted(retainDays.get(), LEAST_DAYS));
    }
    context.reachOutput(output);
    OutputDirectory directory = OutputDirectory.existing(output, context.hadoop());
    if (!plan) {
      context.lease(directory);
    }
    SparkSession spark = context.spark();
    context.steps().begin("Looking at the output");
    OptionalInt days = retainDays.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    return Maintenance.of(spark, directory, days);
  }

  @Override
  Outcome execute(CommandContext context, Maintenance maintenance) {
    List<TableMaintenance> tables =
        plan
            ? maintenance.plan(context.steps()::begin)
            : maintenance.execute(context.steps()::begin);
    return Outcome.done(
        plan ? MaintenanceText.planned(tables) : MaintenanceText.done(tables),
        MaintenanceText.json(tables, plan));
  }
}
