package io.bingoguard.cli;

import io.bingoguard.audit.Audit;
import io.bingoguard.audit.AuditConfig;
import io.bingoguard.audit.AuditSettings;
import io.bingoguard.audit.NightAudit;
import io.bingoguard.audit.report.AlertsJson;
import io.bingoguard.audit.report.AuditPage;
import io.bingoguard.audit.report.AuditText;
import io.bingoguard.engine.EngineVersion;
import io.bingoguard.page.PageMaking;
import io.bingoguard.table.OutputDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** {@code audit}: what changed last night, and whether to act. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares the newest night's labels with those before.",
      "Counts the labels of an output by night, writes the tables audit_metrics and audit_drift",
      "beside them, and asks no model. Ends with exit code 3 when somebody has to look."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bingoguard audit --output labelled --page audit.html",
      "  bingoguard audit --output labelled --night 2026-05-31 --alerts alerts.json"
    })
final class AuditCommand extends GuardCommand<Audit> {
  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Output of earlier runs of label.")
  private String output;

  @Option(
      names = "--night",
      paramLabel = "DATE",
      converter = Day.class,
      description =
          "The night, a day in UTC such as 2026-05-31 (default: the newest with labels that is over).")
  private Optional<LocalDate> night = Optional.empty();

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Write a page that says what changed, where, and whether to act (HTML).")
  private Optional<Path> page = Optional.empty();

  @Option(
      names = "--alerts",
      paramLabel = "FILE",
      description = "Write the alarms as JSON, with queries for the rows behind them.")
  private Optional<Path> alerts = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Thresholds and what is watched; conf/audit.properties.example explains it.")
  private Optional<Path> config = Optional.empty();

  @Override
  Optional<Path> jsonFile() {
    return alerts;
  }

  @Override
  Audit prepare(CommandContext context) {
    refuseOneFileForTwo();
    AuditSettings settings = config.map(AuditConfig::read).orElse(AuditSettings.USUAL);
    page.ifPresent(OutputFile::refuseUnwritable);
    context.reachOutput(output);
    OutputDirectory directory = OutputDirectory.existing(output, context.hadoop());
    context.lease(directory);
    Audit audit = Audit.of(context.spark(), directory, settings);
    context.steps().begin("Looking at the output");
    return audit;
  }

  private void refuseOneFileForTwo() {
    Optional<Path> alertsFile = alerts.map(AuditCommand::located);
    if (alertsFile.isPresent() && alertsFile.equals(page.map(AuditCommand::located))) {
      throw new ParameterException(
          spec().commandLine(),
          "--page and --alerts are both %s; expected two files".formatted(alerts.get()));
    }
  }

  private static Path located(Path file) {
    return file.toAbsolutePath().normalize();
  }

  @Override
  Outcome execute(CommandContext context, Audit audit) {
    page.ifPresent(OutputFile::deleteOlder);
    Instant now = Instant.now();
    NightAudit found =
        audit.run(night, LocalDate.ofInstant(now, ZoneOffset.UTC), context.steps()::begin);
    PageMaking making = new PageMaking(now, EngineVersion.current(), CommandLineText.of(spec()));
    Map<Path, String> files =
        page.map(file -> Map.of(file, AuditPage.of(found, making))).orElse(Map.of());
    return Outcome.done(AuditText.of(found), AlertsJson.of(found))
        .with(files)
        .withExitCode(found.alarms().isEmpty() ? ExitCode.DONE : ExitCode.ALERT);
  }

  private static final class Day implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String value) {
      try {
        return LocalDate.parse(value);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException("Expected a day such as 2026-05-31, not '" + value + "'");
      }
    }
  }
}
