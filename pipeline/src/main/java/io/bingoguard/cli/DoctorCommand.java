package io.bingoguard.cli;

import io.bingoguard.doctor.Doctor;
import io.bingoguard.doctor.DoctorOptions;
import io.bingoguard.doctor.DoctorReport;
import io.bingoguard.doctor.DoctorText;
import io.bingoguard.engine.DeviceExamination.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code doctor}: looks at what a run needs. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Looks at what a run needs and says what is missing.",
      "Here and on executors: Java, Spark, ONNX Runtime, CUDA, the model and its files, storage,",
      "settings. Exit code 1 when something failed; warnings do not count."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bingoguard doctor",
      "  bingoguard doctor --model DIR --input corpus.jsonl.gz --output labelled"
    })
final class DoctorCommand extends GuardCommand<DoctorOptions> {
  @Mixin private ModelOptions model;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      description =
          "Input to read: it is listed, the beginning of one file is read, and its schema found out.")
  private Optional<String> input = Optional.empty();

  @Mixin private CorpusOptions reading;

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

  @Override
  Optional<Path> jsonFile() {
    return json;
  }

  @Override
  Optional<String> modelOption() {
    return model.model();
  }

  @Override
  DoctorOptions prepare(CommandContext context) {
    try {
      return new DoctorOptions(
          context.model(),
          context.givenSettings(),
          input.map(path -> reading.request(path).build()),
          output,
          Duration.ofSeconds(wait));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), e.getMessage(), e);
    }
  }

  @Override
  Outcome execute(CommandContext context, DoctorOptions options) {
    DoctorReport report = report(context, options);
    boolean failed = report.status() == State.FAILED;
    return Outcome.done(DoctorText.of(report), DoctorText.json(report))
        .withExitCode(failed ? ExitCode.FAILED : ExitCode.DONE);
  }

  private static DoctorReport report(CommandContext context, DoctorOptions options) {
    SparkSession spark;
    try {
      spark = context.spark();
    } catch (RuntimeException | LinkageError e) {
      return Doctor.examineWithoutSpark(e);
    }
    return Doctor.examine(spark, options);
  }
}
