package io.bingoguard.cli;

import io.bingoguard.doctor.Check;
import io.bingoguard.doctor.Doctor;
import io.bingoguard.doctor.DoctorOptions;
import io.bingoguard.doctor.DoctorReport;
import io.bingoguard.doctor.DoctorText;
import io.bingoguard.guard.GuardException;
import io.bingoguard.pipeline.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code doctor}: looks at what a run needs. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Looks at what a run needs, here and on a cluster's executors, and says what is missing:",
      "Java, Spark, ONNX Runtime, CUDA, the model and its files, storage, settings.",
      "Exit code 1 when something failed; warnings do not count."
    })
final class DoctorCommand implements Callable<Integer>, CommonOptions.Holder {
  @Mixin private ModelOptions model;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      description = "Input to read: it is listed, and the beginning of one file is read.")
  private Optional<String> input = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Output to write: a small file is written and deleted.")
  private Optional<String> output = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE", description = "Write what was found as JSON.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description =
          "How long executors of a cluster may take to answer (default: ${DEFAULT-VALUE}).")
  private int wait;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() {
    DoctorOptions options = options();
    DoctorReport report;
    try {
      json.ifPresent(OutputFile::refuseUnwritable);
      report = report(options);
    } catch (GuardException refused) {
      return ErrorReport.of(spec.commandLine()).print(refused, ExitCode.USAGE);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(DoctorText.of(report));
    ModelOptions.notice(out, options.model().isEmpty());
    out.flush();
    json.ifPresent(file -> OutputFile.write(file, DoctorText.json(report) + "\n"));
    return report.status() == Check.Status.FAILED ? ExitCode.FAILED : ExitCode.DONE;
  }

  private DoctorOptions options() {
    try {
      return new DoctorOptions(
          model.model(common.settings()), input, output, Duration.ofSeconds(wait));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private DoctorReport report(DoctorOptions options) {
    SparkSession spark;
    try {
      spark = SparkSessions.open(common.settings());
    } catch (GuardException refused) {
      throw refused;
    } catch (RuntimeException | LinkageError e) {
      return Doctor.examineWithoutSpark(e);
    }
    return Doctor.examine(spark, options);
  }
}
